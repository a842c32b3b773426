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
  createDraftPlan,
  deriveGeometry,
  INSTRUMENTS,
  parseDirection,
  parsePlan,
} from "../../core/experiment/index.ts";
import { readJsonText } from "../../core/util/index.ts";

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
const withoutQuotes = (message: string): string => message.replaceAll(/'[^']*'|"[^"]*"/g, "");

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
    promise(range.start >= 0 && range.start <= range.end && range.end <= text.length, `the place of "${message}"`);
    promise(!/\b(NaN|undefined|Infinity)\b/.test(withoutQuotes(message)), `the message "${message}"`);
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
  const plan = parsePlan(readJsonText(text).value);
  promise(plan.ok || plan.issues.length > 0, "a reason for no plan");
  const crystal = lithiumNiobate();
  const [instrument] = INSTRUMENTS;
  if (!plan.ok || !crystal || !instrument) return;
  const geometry = deriveGeometry(plan.value, crystal, [0, 0, 6], instrument);
  if (geometry.ok) promise(!JSON.stringify(geometry.value).includes("null"), "finite numbers");
  else promise(geometry.issues.length > 0, "a reason for no geometry");
}

let known: ReturnType<typeof crystalFromBlock> | undefined;
function lithiumNiobate() {
  const [block] = parseCif(readFileSync("examples/LiNbO3.cif", "utf8")).blocks;
  if (block) known ??= crystalFromBlock(block);
  return known?.ok ? known.value : undefined;
}

const draft = createDraftPlan("LiNbO3.cif", "LiNbO3");
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
