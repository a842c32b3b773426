import { closeBrowser, type OpenPanel, openPanel } from "../webview/harness.ts";
import type { Benchmark } from "./benchmark.ts";

const hkl = [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }];
const geometry = await openPanel("geometry", { ops: hkl });
const attenuation = await openPanel("attenuation");
const reflections = await openPanel("reflections");
let turn = 0;
const nextEnergy_keV = (): number => 17 + (turn++ % 40) / 10;

/** Types an energy and waits until the result of that key is another one. */
const typeEnergy = ({ page }: OpenPanel, resultKey: string): Promise<void> =>
  page.evaluate(
    ({ text, key }) => {
      const field = document.querySelector('[data-field="beam.energy_keV"] vscode-text-field') as HTMLInputElement;
      const shown = document.querySelector(`[data-result="${key}"]`);
      const before = shown?.textContent;
      field.value = text;
      field.dispatchEvent(new Event("input"));
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
      if (shown?.textContent === before) throw new Error("The result did not change at once.");
    },
    { text: String(nextEnergy_keV()), key: resultKey },
  );

/** A preview that another panel sends, until the next frame has shown it. */
const relayPreview = ({ page }: OpenPanel): Promise<void> =>
  page.evaluate(async (energy_keV) => {
    const ops = [{ path: ["beam", "energy_keV"], value: energy_keV }];
    const arrived = new Promise((resolve) => window.addEventListener("message", resolve, { once: true }));
    window.postMessage({ t: "preview", ops }, "*");
    await arrived;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }, nextEnergy_keV());

export const benchmarks: readonly Benchmark[] = [
  {
    name: "Geometry: energy typed -> new numbers and picture ordered",
    budget_ms: 16,
    run: () => typeEnergy(geometry, "twoTheta"),
  },
  {
    name: "Attenuation: energy typed -> new numbers and plots ordered",
    budget_ms: 16,
    run: () => typeEnergy(attenuation, "attenuationLength"),
  },
  { name: "Geometry: preview of another panel -> painted", budget_ms: 100, run: () => relayPreview(geometry) },
  { name: "Attenuation: preview of another panel -> painted", budget_ms: 100, run: () => relayPreview(attenuation) },
  { name: "Reflections: preview of another panel -> painted", budget_ms: 100, run: () => relayPreview(reflections) },
  {
    name: "Geometry: page opened -> ready",
    budget_ms: 1000,
    repeats: 3,
    run: async () => (await openPanel("geometry")).close(),
  },
];

export const close = closeBrowser;
