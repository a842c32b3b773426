import { readFileSync } from "node:fs";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  deriveGeometry,
  type Geometry,
  INSTRUMENTS,
  type InstrumentProfile,
} from "../../core/experiment/index.ts";
import { buildScene, type Scene } from "../../core/scene/index.ts";
import type { Benchmark } from "../../scripts/lib/benchmark.ts";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import { openView, show } from "../webview/viewHarness.ts";
import { crystalCif } from "./generate.ts";

const UPDATES = 20;

function crystalOf(text: string): Crystal {
  const crystal = crystalFromCif(parseCif(text));
  if (!crystal.ok) throw new Error(JSON.stringify(crystal.issues));
  return crystal.value;
}

const plan = createDraftPlan("LiNbO3.cif", "LiNbO3");
const [esrfId03] = INSTRUMENTS as readonly [InstrumentProfile];

function geometryOf(crystal: Crystal, energy_keV: number): Geometry {
  const geometry = deriveGeometry({ ...plan, beam: { ...plan.beam, energy_keV } }, crystal, [0, 0, 6], esrfId03);
  if (!geometry.ok) throw new Error(JSON.stringify(geometry.issues));
  return geometry.value;
}

const LINBO3 = readFileSync("examples/LiNbO3.cif", "utf8");
const lithiumNiobate = crystalOf(LINBO3);
const geometries = Array.from({ length: UPDATES }, (_, i) => geometryOf(lithiumNiobate, 17 + i / 10));
const thousandAtoms = crystalOf(crystalCif(1000, 24));
const thousandAtomsGeometry = geometryOf(thousandAtoms, 17);
let turn = 0;

const sceneAt = (i: number): Scene =>
  buildScene({ plan, crystal: lithiumNiobate, geometry: geometries[i % UPDATES] as Geometry, instrument: esrfId03 });

const browser = await launchBrowser();
const page = await browser.newPage();
await openView(page, { width: 600, height: 400, theme: "light" });
await show(page, LINBO3);
await page.evaluate(([cif, count]) => api.prepare(cif, count), [LINBO3, UPDATES] as const);

const ORBIT_FRAMES = 30;
/** A page of its own: the scenes that are taken over one after the other would count as its motion. */
const orbited = await browser.newPage();
await openView(orbited, { width: 600, height: 400, theme: "light" });
await show(orbited, LINBO3);
const crowd = await browser.newPage();
await openView(crowd, { width: 600, height: 400, theme: "light" });
await show(crowd, crystalCif(10_000, 52), [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }]);

export const title = "The picture";

export const benchmarks: readonly Benchmark[] = [
  { name: "new energy -> scene (LiNbO3)", budget_ms: 4, run: () => sceneAt(turn++) },
  {
    name: "new crystal of 1000 atoms -> scene",
    budget_ms: 50,
    run: () =>
      buildScene({ plan, crystal: { ...thousandAtoms }, geometry: thousandAtomsGeometry, instrument: esrfId03 }),
  },
  {
    name: `${UPDATES} new scenes of LiNbO3 taken over by the view`,
    budget_ms: 8 * UPDATES,
    run: () => page.evaluate(() => api.showPrepared()),
  },
  {
    name: `${ORBIT_FRAMES} frames of an orbit around LiNbO3, 600 x 400, software renderer`,
    budget_ms: 1000,
    repeats: 3,
    run: () => orbited.evaluate((frames) => api.orbit(frames), ORBIT_FRAMES),
  },
  {
    name: `${ORBIT_FRAMES} frames of an orbit around 10 000 atoms, 600 x 400, software renderer`,
    budget_ms: 1000,
    repeats: 3,
    run: () => crowd.evaluate((frames) => api.orbit(frames), ORBIT_FRAMES),
  },
];

export const close = (): Promise<void> => browser.close();
