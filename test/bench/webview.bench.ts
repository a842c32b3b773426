import { type Benchmark, median } from "../../scripts/lib/benchmark.ts";
import { closeBrowser, type OpenPanel, openPanel } from "../webview/harness.ts";
import { crystalCif } from "./generate.ts";

/** From the navigation to the page until it says that it is ready. */
async function timeToReady_ms(): Promise<number> {
  const panel = await openPanel("geometry");
  const ready_ms = await panel.page.evaluate(() => performance.now());
  await panel.close();
  return ready_ms;
}
/** Before the other panels are open, which draw too. */
const ready_ms = median([await timeToReady_ms(), await timeToReady_ms(), await timeToReady_ms()]);

const hkl = [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }];
const geometry = await openPanel("geometry", { ops: hkl });
const attenuation = await openPanel("attenuation");
const reflections = await openPanel("reflections");
const mounted = [
  ...hkl,
  { path: ["sample", "up"], value: "(0,0,1)" },
  { path: ["sample", "exit"], value: "(-1,-1,0)" },
];
const mountedReflections = await openPanel("reflections", { ops: mounted });
const crowd = await openPanel("reflections", {
  cif: crystalCif(1000, 24),
  state: { v: 1, view: { twoThetaMax_deg: 20 } },
});
const lens = await openPanel("lens", {
  ops: [...hkl, { path: ["lens"], value: { file: "id06", detectorDistance_mm: 5000 } }],
});
/** So many inputs one after the other, because what paints meanwhile must not be counted. */
const INPUTS = 20;
let turn = 1;
const nextEnergy_keV = (): number => 17 + (turn++ % 40) / 10;

/** Types energies, each of which must change the result of that key at once. */
const typeEnergies = ({ page }: OpenPanel, resultKey: string): Promise<void> =>
  page.evaluate(
    ({ energies, key }) => {
      const field = document.querySelector('[data-field="beam.energy_keV"] vscode-text-field') as HTMLInputElement;
      const shown = document.querySelector(`[data-result="${key}"]`);
      for (const energy of energies) {
        const before = shown?.textContent;
        field.value = String(energy);
        field.dispatchEvent(new Event("input"));
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
        if (shown?.textContent === before) throw new Error("The result did not change at once.");
      }
    },
    { energies: Array.from({ length: INPUTS }, nextEnergy_keV), key: resultKey },
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

export const title = "Panels";

export const benchmarks: readonly Benchmark[] = [
  {
    name: `Geometry: ${INPUTS} energies typed -> new numbers each`,
    budget_ms: INPUTS * 16,
    run: () => typeEnergies(geometry, "twoTheta"),
  },
  {
    name: `Attenuation: ${INPUTS} energies typed -> new numbers each`,
    budget_ms: INPUTS * 16,
    run: () => typeEnergies(attenuation, "attenuationLength"),
  },
  {
    name: `Lens: ${INPUTS} energies typed -> new numbers each`,
    budget_ms: INPUTS * 16,
    run: () => typeEnergies(lens, "d1"),
  },
  { name: "Geometry: preview of another panel -> painted", budget_ms: 100, run: () => relayPreview(geometry) },
  { name: "Attenuation: preview of another panel -> painted", budget_ms: 100, run: () => relayPreview(attenuation) },
  {
    name: `Reflections: ${INPUTS} energies typed -> new table each`,
    budget_ms: INPUTS * 100,
    run: () => typeEnergies(reflections, "energies"),
  },
  {
    name: "Reflections, c up: preview of another panel -> painted",
    budget_ms: 100,
    run: () => relayPreview(mountedReflections),
  },
  {
    name: "Reflections of 1000 atoms in P 1: preview -> painted, the table follows from the worker",
    budget_ms: 100,
    run: () => relayPreview(crowd),
  },
  { name: "Reflections: preview of another panel -> painted", budget_ms: 100, run: () => relayPreview(reflections) },
  { name: "Lens: preview of another panel -> painted", budget_ms: 100, run: () => relayPreview(lens) },
  {
    name: "Geometry: page opened -> ready",
    budget: 1000,
    unit: "ms",
    figure: () => ready_ms,
  },
];

export const close = closeBrowser;
