import { readdirSync, readFileSync } from "node:fs";
import { builtInDictionary, validate } from "../../core/cif/dictionary/index.ts";
import { formatDocument, parseCif, parseNumber, referencesAt } from "../../core/cif/index.ts";
import {
  crystalFromBlock,
  documentIssues,
  operationsFromHall,
  parseOperation,
  readAtomType,
  readHmSymbol,
  SETTINGS,
} from "../../core/crystal/index.ts";
import {
  applyOps,
  convertLens,
  createDraftPlan,
  deriveGeometry,
  focusLens,
  INSTRUMENTS,
  LENS_BOXES,
  lensFigure,
  lensPerformance,
  parseDirection,
  parseInstrument,
  parsePlanText,
  readLens,
  readOrientations,
  writeOwnLens,
  writeUpstreamLens,
} from "../../core/experiment/index.ts";
import { type ExportContent, exportContent, fillTemplate } from "../../core/report/index.ts";
import type { Issue, Result } from "../../core/util/index.ts";

/** A parser of something that users write, with texts that it should like. */
export interface Target {
  readonly name: string;
  readonly seeds: readonly string[];
  /** Throws where the parser breaks a promise; what it refuses by a Result is fine. */
  readonly run: (text: string) => void;
}

const exampleFiles = (ending: string): readonly string[] =>
  readdirSync("examples", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(`examples/${name}`, "utf8"));

const promise = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`broken promise: ${what}`);
};

/** A message may quote a file, which may say anything. */
const withoutQuotes = (message: string): string => message.replaceAll(/'.*'|".*"/gs, "");

function checkIssue({ range, message }: Pick<Issue, "range" | "message">, text: string): void {
  if (range) {
    promise(range.start >= 0 && range.start <= range.end, `the order of the place of "${message}"`);
    promise(range.end <= Math.max(1, text.length), `the place of "${message}"`);
  }
  const noNumber = /\b(NaN|undefined|Infinity)\b/.exec(withoutQuotes(message))?.[0];
  promise(noNumber === undefined || text.includes(noNumber), `the message "${message}"`);
}

/** A result with a reason for each refusal, each at a place in the text. */
function checked<T>(result: Result<T>, text: string): Result<T> {
  promise(result.ok || result.issues.length > 0, "a reason");
  for (const issue of result.issues) {
    checkIssue(issue, text);
    promise(issue.message.length < 1500, `a message that can be read: "${issue.message.slice(0, 400)}"`);
    for (const { range } of (issue.fixes ?? []).flatMap(({ edits }) => edits)) {
      promise(range.start >= 0 && range.start <= range.end && range.end <= text.length, "the place of a remedy");
    }
  }
  return result;
}

/** Not a number, or infinite: JSON writes such as null. */
const promiseFinite = (value: unknown, what: string): void => {
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "number") promise(Number.isFinite(part), `finite numbers in ${what}`);
    return part;
  });
};

function everythingOfCif(text: string): void {
  const document = parseCif(text);
  const issues = [
    ...documentIssues(document, crystalFromBlock),
    ...validate(document, builtInDictionary()).map((issue) => ({
      ...issue,
      range: issue.range ?? { start: 0, end: 0 },
    })),
  ];
  for (const { range, message } of issues) {
    checkIssue({ range, message }, text);
  }
  formatDocument(document);
  referencesAt(document, text.length >> 1);
  for (const block of document.blocks) {
    const crystal = crystalFromBlock(block);
    if (crystal.ok) promise(Number.isFinite(crystal.value.density_g_cm3), "a density");
    else promise(crystal.issues.length > 0, "a reason for no crystal");
  }
}

function everythingOfPlan(text: string): void {
  const plan = checked(parsePlanText(text), text);
  const crystal = lithiumNiobate();
  const [instrument] = INSTRUMENTS;
  if (!plan.ok || !crystal || !instrument) return;
  const geometry = deriveGeometry(plan.value, crystal, [0, 0, 6], instrument);
  if (geometry.ok) promiseFinite(geometry.value, "the geometry");
  else promise(geometry.issues.length > 0, "a reason for no geometry");
}

function everythingOfInstrument(text: string): void {
  const instrument = checked(parseInstrument(text), text);
  const crystal = lithiumNiobate();
  if (!instrument.ok || !crystal) return;
  const geometry = deriveGeometry(draft, crystal, [0, 0, 6], instrument.value);
  if (geometry.ok) promiseFinite(geometry.value, "the geometry");
}

function everythingOfLens(text: string): void {
  const lens = checked(readLens(text, "fuzz"), text);
  const converted = checked(convertLens(text, "fuzz"), text);
  if (!lens.ok) {
    promise(!converted.ok, "a broken file that is not converted");
    return;
  }
  if (converted.ok) promise(readLens(converted.value.text, "fuzz").ok, "a converted file that can be read");
  const found = focusLens(lens.value, { energy_keV: 17, twoTheta_deg: 18, dTotHorizontal_mm: 5000 });
  promise(found.ok || found.issues.length > 0, "a reason for no focus");
  if (!found.ok) return;
  promiseFinite(found.value, "the focus");
  for (const { message } of found.issues) checkIssue({ message }, text);
  const performance = lensPerformance(lens.value, found.value, { bandwidth_fwhm: 1.4e-4, camera: null });
  if (performance.ok) promiseFinite(performance.value, "what follows from the lens");
  promiseFinite(lensFigure(lens.value, found.value, null), "the drawing of the lens");
}

function everythingOfOrientation(text: string): void {
  const crystal = lithiumNiobate();
  if (!crystal) return;
  const read = checked(readOrientations(text, crystal.cell), text);
  if (read.ok) promiseFinite(read.value, "the orientations");
}

const everythingOfTemplate = (text: string): void => void checked(fillTemplate(text, exported()), text);

let content: ExportContent | undefined;
/** What is exported of a plan of LiNbO3, made once. */
function exported(): ExportContent {
  content ??= makeContent();
  return content;
}

function makeContent(): ExportContent {
  const crystal = lithiumNiobate();
  const [instrument] = INSTRUMENTS;
  if (!crystal || !instrument) throw new Error("nothing to fill templates with");
  const made = exportContent({
    plan: draft,
    crystal,
    hkl: [0, 0, 6],
    instrument,
    lens,
    issues: [],
    name: "fuzz",
    files: [],
    software: "DF-XRM",
    date: "2026-01-01",
  });
  if (!made.ok) throw new Error(made.issues[0]?.message);
  return made.value;
}

let known: ReturnType<typeof crystalFromBlock> | undefined;
function lithiumNiobate() {
  const [block] = parseCif(readFileSync("examples/LiNbO3.cif", "utf8")).blocks;
  if (block) known ??= crystalFromBlock(block);
  return known?.ok ? known.value : undefined;
}

const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");
const lens = LENS_BOXES["id06"]!;
const orientations = [
  "2.574145 4.458550 0\n-5.14829 0 0\n0 0 13.8631\n",
  "# grain 1\n0 -1 0\n1 0 0\n0 0 1\n\n[[1, 0, 0], [0, 1, 0], [0, 0, 1]]\n",
  "1 0 0 0 1 0 0 0 1\n",
  "cell__a 5.14829\ncell__b 5.14829\ncell__c 13.8631\ncell_alpha 90\nwavelength 0.7293\n",
];
const plans = [
  draft,
  applyOps(draft, [
    { path: ["sample", "up"], value: "(0,0,1)" },
    { path: ["sample", "exit"], value: "[1,1/2,0.5]" },
    { path: ["reflection"], value: { hkl: [1, -1, 2] } },
  ]),
];

export const targets: readonly Target[] = [
  { name: "CIF", seeds: exampleFiles(".cif"), run: everythingOfCif },
  { name: "plan", seeds: plans.map((plan) => JSON.stringify(plan, null, 2)), run: everythingOfPlan },
  {
    name: "instrument",
    seeds: [...INSTRUMENTS.map((profile) => JSON.stringify(profile, null, 2)), ...exampleFiles("-instrument.json")],
    run: everythingOfInstrument,
  },
  {
    name: "lens",
    seeds: [writeUpstreamLens(lens), writeOwnLens(lens), ...exampleFiles(".lens"), ...exampleFiles("-lens.json")],
    run: everythingOfLens,
  },
  { name: "orientation", seeds: orientations, run: everythingOfOrientation },
  { name: "template", seeds: exampleFiles(".txt"), run: everythingOfTemplate },
  { name: "operator", seeds: ["x,y,z", "-x+y, -x, z+1/3", "x-1/2,+y,7/6+z", "0.5-X,Y,Z,-1"], run: parseOperation },
  {
    name: "direction",
    seeds: ["(1,-1,2)", "[1 1/2 0.5]", "-1,0,0", "(h,k,l)"],
    run: (text) => parseDirection(text, "up"),
  },
  { name: "Hall symbol", seeds: SETTINGS.map(({ hall }) => hall), run: operationsFromHall },
  { name: "space-group symbol", seeds: SETTINGS.map(({ hm }) => hm), run: readHmSymbol },
  { name: "number", seeds: ["5.4310(2)", "-.5e-3(12)", "+1."], run: parseNumber },
  { name: "type symbol", seeds: ["Nb5+", "O2-.", "SrA", "Wat"], run: (text) => void readAtomType(text, "type") },
];
