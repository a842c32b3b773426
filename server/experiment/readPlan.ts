import { type Crystal, selectBlock } from "../../core/crystal/index.ts";
import {
  defaultReflectionFor,
  deriveExperiment,
  type Experiment,
  type ExperimentPlan,
  editPlanText,
  instrumentNamedBy,
  lensNamedBy,
  type Named,
  type PlanIssue,
  parsePlanText,
  planIssues,
} from "../../core/experiment/index.ts";
import { cifChanged, NOTE_CIF, type ResourceAnswer, type ResourceParams } from "../../core/protocol/index.ts";
import {
  error,
  fail,
  type Issue,
  type IssueFix,
  type JsonText,
  looksLikeJson,
  ok,
  type RelatedPlace,
  type Result,
  readJsonText,
} from "../../core/util/index.ts";
import type { Analysis } from "../analysis.ts";
import { placed } from "./places.ts";

/** What a plan file comes to, with all files that it names. */
export interface ReadPlan {
  /** Each with its range in the text of the plan or the field that it is about. */
  readonly issues: readonly Issue[];
  readonly plan: ExperimentPlan | null;
  readonly crystal: Crystal | null;
  readonly experiment: Experiment | null;
}

/** Where a plan finds the files that it names. */
export interface PlanSources {
  readonly read: (params: ResourceParams) => Promise<ResourceAnswer>;
  readonly analyse: (uri: string, text: string) => Analysis;
}

/** What the verdicts say in their own words. */
const TOLD_BY_VERDICTS: ReadonlySet<string> = new Set(["plan/guessed-exit", "plan/faces", "plan/absent-reflection"]);

const NOTHING = { plan: null, crystal: null, experiment: null };

/** Reads a plan, its CIF, instrument and lens, and judges them; everything that is wrong is told at once. */
export async function readPlan(uri: string, text: string, sources: PlanSources): Promise<ReadPlan> {
  const parsed = parsePlanText(text);
  if (!parsed.ok) return { ...NOTHING, issues: parsed.issues };
  const plan = parsed.value;
  const namedLens = lensNamedBy(plan);
  const [crystal, instrument, lens, changed] = await Promise.all([
    readCrystal(plan, uri, sources),
    readNamed(instrumentNamedBy(plan), uri, sources),
    namedLens ? readNamed(namedLens, uri, sources) : ok(null),
    changedCif(plan, uri, text, sources),
  ]);
  const issues = [...parsed.issues, ...crystal.issues, ...instrument.issues, ...lens.issues, ...changed];
  if (!crystal.ok || !instrument.ok) return { ...NOTHING, plan, issues };
  const hkl = plan.reflection?.hkl ?? valueOr(defaultReflectionFor(plan, crystal.value, instrument.value), null);
  const derived = deriveExperiment({
    plan,
    crystal: crystal.value,
    hkl,
    instrument: instrument.value,
    lens: valueOr(lens, null),
  });
  return {
    plan,
    crystal: crystal.value,
    experiment: derived.ok ? derived.value : null,
    issues: [
      ...issues,
      ...planIssues(plan, derived)
        .filter(({ code }) => !(derived.ok && TOLD_BY_VERDICTS.has(code)))
        .map((issue) => withEdits(issue, text)),
    ],
  };
}

const valueOr = <T, U>(result: Result<T>, other: U): T | U => (result.ok ? result.value : other);

/** An issue with its remedies as edits of the text. */
function withEdits({ planFixes, ...issue }: PlanIssue, text: string): Issue {
  const fixes = planFixes.flatMap(({ title, ops }): readonly IssueFix[] => {
    const edit = editPlanText(text, ops);
    return edit ? [{ title, edits: [edit] }] : [];
  });
  return fixes.length > 0 ? { ...issue, fixes } : issue;
}

async function readCrystal(plan: ExperimentPlan, base: string, sources: PlanSources): Promise<Result<Crystal>> {
  const file = await sources.read({ path: plan.cif.path, base });
  if (!("text" in file)) return fail(error("plan/cif-missing", missing(plan.cif.path, file), { field: "cif.path" }));
  const analysis = sources.analyse(file.uri, file.text);
  const block = selectBlock(analysis.cif, plan.cif.block === "" ? undefined : plan.cif.block);
  if (!block.ok)
    return fail(...block.issues.map(({ message }) => error("plan/cif-block", message, { field: "cif.block" })));
  const crystal = analysis.crystal(block.value);
  if (crystal.ok) return ok(crystal.value);
  const errors = crystal.issues.filter(({ severity }) => severity === "error");
  return fail({
    ...error("plan/cif-broken", `${plan.cif.path} gives no crystal. ${errors[0]?.message ?? ""}`, {
      field: "cif.path",
    }),
    related: placesOf(errors, file.uri, null),
  });
}

function readNamed<T>(named: Named<T>, base: string, sources: PlanSources): Promise<Result<T>> | Result<T> {
  return named.kind === "shipped" ? named.found : readFile(named, base, sources);
}

/** A file that the plan names; its faults are told in the file itself, here only that it has some. */
async function readFile<T>(
  { path, field, parse }: Extract<Named<T>, { kind: "file" }>,
  base: string,
  sources: PlanSources,
): Promise<Result<T>> {
  const file = await sources.read({ path, base });
  if (!("text" in file)) return fail(error("plan/file-missing", missing(path, file), { field }));
  const parsed = parse(file.text);
  if (parsed.ok) return ok(parsed.value);
  const errors = parsed.issues.filter(({ severity }) => severity === "error");
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  const message = `${path} cannot be used: ${errors[0]?.message ?? "it is not valid."}${more}`;
  const json = looksLikeJson(file.text) ? readJsonText(file.text) : null;
  return fail({ ...error("plan/file-broken", message, { field }), related: placesOf(errors, file.uri, json) });
}

/** More faults of another file than these are to be seen there. */
const MOST_FAULTS = 5;

/** Faults of another file, as places that a problem of the plan leads to. */
const placesOf = (issues: readonly Issue[], uri: string, json: JsonText | null): readonly RelatedPlace[] =>
  issues.slice(0, MOST_FAULTS).map((issue) => ({ uri, range: placed(issue, json).range, message: issue.message }));

const missing = (path: string, { problem }: { readonly problem: string }): string =>
  `${path} cannot be read: ${problem}`;

/** Says that the CIF is not the one that the plan was saved with. */
async function changedCif(
  plan: ExperimentPlan,
  base: string,
  text: string,
  sources: PlanSources,
): Promise<readonly Issue[]> {
  const { sha256 } = plan.cif;
  if (sha256 === undefined) return [];
  const file = await sources.read({ path: plan.cif.path, base });
  if (!("text" in file)) return [];
  const present = await sha256Of(file.text);
  if (present === sha256.toLowerCase()) return [];
  const edit = editPlanText(text, [{ path: ["cif", "sha256"], value: present }]);
  return [
    {
      ...cifChanged(plan.cif.path),
      field: "cif.sha256",
      ...(edit && { fixes: [{ title: NOTE_CIF, edits: [edit] }] }),
    },
  ];
}

/** Of the text with LF line ends, as the extension notes it: git may change them between two machines. */
async function sha256Of(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.replaceAll("\r\n", "\n")));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
