import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtInDictionary, validate } from "../../core/cif/dictionary/index.ts";
import { parseCif } from "../../core/cif/index.ts";
import { type Crystal, crystalFromCif, documentIssues } from "../../core/crystal/index.ts";
import {
  createDraftPlan,
  deriveGeometry,
  INSTRUMENTS,
  type InstrumentProfile,
  reflectionTable,
  survey,
} from "../../core/experiment/index.ts";
import type { Benchmark } from "../../scripts/lib/benchmark.ts";
import { crystalCif, oneRowLoopsCif, reflectionListCif } from "./generate.ts";

function crystalOf(text: string): Crystal {
  const crystal = crystalFromCif(parseCif(text));
  if (!crystal.ok) throw new Error(JSON.stringify(crystal.issues));
  return crystal.value;
}

/** All that the language server and `df-xrm check` look for. */
function check(text: string): unknown {
  const document = parseCif(text);
  return [documentIssues(document), validate(document, builtInDictionary())];
}

/** Memory that `df-xrm check` of a text needs at its peak, Node itself included. */
function checkMemory_MB(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), "df-xrm-bench-"));
  const file = join(folder, "generated.cif");
  writeFileSync(file, text);
  const atExit = 'process.on("exit", () => process.stderr.write(String(process.resourceUsage().maxRSS)))';
  const run = spawnSync(process.execPath, [
    "--import",
    `data:text/javascript,${atExit}`,
    "dist/cli.cjs",
    "check",
    file,
  ]);
  rmSync(folder, { recursive: true });
  return Number(run.stderr) / 1024;
}

const LINBO3 = readFileSync("examples/LiNbO3.cif", "utf8");
const lithiumNiobate = crystalOf(LINBO3);
const plan = createDraftPlan("LiNbO3.cif", "LiNbO3");
const cUp = { ...plan, sample: { ...plan.sample, up: "(0,0,1)", exit: "(-1,-1,0)" } };
const thousandAtoms = crystalOf(crystalCif(1000, 24));
const thousandSites = crystalCif(1000, 24);
const tenThousandSites = crystalCif(10_000, 52);
const small = reflectionListCif(1.5e6);
const large = reflectionListCif(20e6);
const manyLoops = oneRowLoopsCif(1e6);
let energy_keV = 17;
const [esrfId03] = INSTRUMENTS as readonly [InstrumentProfile];

export const title = "Numbers and CIF files";

export const benchmarks: readonly Benchmark[] = [
  {
    name: "new energy -> geometry, motors, path (LiNbO3)",
    budget_ms: 16,
    peers: "DF-XRM_viz 270 to 310 ms",
    run: () =>
      deriveGeometry(
        { ...plan, beam: { ...plan.beam, energy_keV: 17 + (energy_keV++ % 10) / 10 } },
        lithiumNiobate,
        [0, 0, 6],
        esrfId03,
      ),
  },
  {
    name: "table of reflections, LiNbO3, 17 keV, to 45°",
    budget_ms: 0.5,
    peers: "gemmi 0.14 ms (f′ only), cctbx 1.4 to 2.4 ms, xrayutilities 15 ms, Dans_Diffraction 122 ms",
    run: () => reflectionTable({ ...lithiumNiobate }, { energy_keV: 17 }),
  },
  {
    name: "table of reflections, LiNbO3, 65 keV, to 45°",
    budget_ms: 50,
    peers: "DF-XRM_viz 696 s",
    run: () => reflectionTable({ ...lithiumNiobate }, { energy_keV: 65 }),
  },
  {
    name: "table of reflections, 1000 atoms in P 1, 17 keV, to 20°",
    budget_ms: 1000,
    repeats: 3,
    run: () => reflectionTable({ ...thousandAtoms }, { energy_keV: 17, twoThetaMax_deg: 20 }),
  },
  {
    name: "what ESRF ID03 can reach, with light and score, LiNbO3, 17 keV",
    budget_ms: 50,
    run: () => survey(plan, lithiumNiobate, esrfId03),
  },
  {
    name: "the same, c up: all equivalents",
    budget_ms: 50,
    run: () => survey(cUp, lithiumNiobate, esrfId03),
  },
  {
    name: "what ESRF ID03 can reach, 1000 atoms in P 1, to 20°",
    budget_ms: 1000,
    repeats: 3,
    run: () => survey(plan, thousandAtoms, esrfId03, { twoThetaMax_deg: 20 }),
  },
  {
    name: "the same, up (0,0,1): all equivalents",
    budget_ms: 1000,
    repeats: 3,
    run: () => survey(cUp, thousandAtoms, esrfId03, { twoThetaMax_deg: 20 }),
  },
  { name: "LiNbO3.cif -> crystal", budget_ms: 16, run: () => crystalFromCif(parseCif(LINBO3)) },
  { name: "CIF of 1,000 sites -> crystal", budget_ms: 50, run: () => crystalOf(thousandSites) },
  { name: "CIF of 10,000 sites -> crystal", budget_ms: 500, repeats: 5, run: () => crystalOf(tenThousandSites) },
  {
    name: "CIF of 1.5 MB checked",
    budget_ms: 150,
    repeats: 5,
    peers: "syntax only, another file: gemmi 10 ms, cifparse 200 ms, CIF API 270 ms",
    run: () => check(small),
  },
  {
    name: "CIF of 20 MB checked",
    budget_ms: 1000,
    repeats: 3,
    peers: "syntax only, another file: gemmi 130 ms, cifparse 2440 ms",
    run: () => check(large),
  },
  { name: "CIF of a million loops, 17 MB, checked", budget_ms: 5000, repeats: 3, run: () => check(manyLoops) },
  {
    name: "the same: memory of df-xrm check",
    budget: 800,
    unit: "MB",
    figure: () => checkMemory_MB(manyLoops),
  },
];
