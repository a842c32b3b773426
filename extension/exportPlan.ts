import type { ExperimentPlan } from "../core/experiment/index.ts";
import type { CrystalState, HostToView, MadeFile, PlanState } from "../core/protocol/index.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../core/report/formats.ts";
import type { ExportContent, ExportInput, SourceFile } from "../core/report/index.ts";
import { fillTemplate } from "../core/report/template.ts";
import { createLineIndex, type Issue, type Result } from "../core/util/index.ts";
import type { LoadWriters } from "./exportWriters.ts";
import type { Session, SessionView } from "./session.ts";

export interface SessionState {
  readonly crystal: CrystalState;
  readonly plan: PlanState;
}

/** Runs `work` with what a session sends to a panel that starts now, as one of its views. */
export async function withState<T>(
  session: Session,
  work: (state: SessionState, view: SessionView) => Promise<T>,
): Promise<T> {
  let state: SessionState | undefined;
  const view: SessionView = {
    kind: "geometry",
    isLocked: false,
    post(message: HostToView) {
      if (message.t === "init") state ??= { crystal: message.crystal, plan: message.plan };
    },
  };
  const detach = session.attach(view);
  try {
    await session.start(view);
    if (!state) throw new Error("The plan was closed meanwhile.");
    return await work(state, view);
  } finally {
    detach();
  }
}

export const stateOf = (session: Session): Promise<SessionState> => withState(session, async (state) => state);

/** A plan that is ready to be exported, or why it is not, as a sentence. */
export function exportInput(
  { crystal, plan }: SessionState,
  origin: {
    readonly name: string;
    readonly files: readonly SourceFile[];
    readonly software: string;
    readonly date: string;
  },
): { readonly input: ExportInput } | { readonly refusal: string } {
  const { value: instrument } = plan.instrument;
  if (crystal.crystal === null) return { refusal: firstError(crystal.issues, "The CIF gives no crystal.") };
  if (instrument === null) return { refusal: firstError(plan.instrument.issues, "The instrument cannot be read.") };
  return {
    input: {
      ...origin,
      plan: plan.plan,
      crystal: crystal.crystal,
      hkl: plan.resolvedHkl,
      instrument,
      lens: plan.lens?.value ?? null,
      issues: [...plan.instrument.issues, ...(plan.lens?.issues ?? [])],
    },
  };
}

export const firstError = (issues: readonly Issue[], otherwise: string): string =>
  (issues.find(({ severity }) => severity === "error") ?? issues[0])?.message ?? otherwise;

/** The file of a format, or why there is none. */
export async function makeFile(
  content: ExportContent,
  format: ExportFormat,
  paper: "a4" | "letter",
  loadWriters: LoadWriters,
): Promise<Result<MadeFile>> {
  const { writeExport } = await loadWriters();
  const written = await writeExport(content, format, { paper });
  if (!written.ok) return written;
  const { kind, suffix } = EXPORT_FORMATS.find(({ id }) => id === format)!;
  return { ...written, value: { name: `${content.name}${suffix}`, kind, data: written.value } };
}

/** A user's template filled in, or what is wrong with it, each with its line. */
export function makeFromTemplate(
  template: string,
  content: ExportContent,
): { readonly file: MadeFile } | { readonly refusal: string } {
  const filled = fillTemplate(template, content);
  if (filled.ok) return { file: { name: `${content.name}-motors`, kind: "txt", data: filled.value } };
  const lines = createLineIndex(template);
  const [first, ...more] = filled.issues;
  const line = first?.range ? `Line ${lines.position(first.range.start).line}: ` : "";
  const others = more.length > 0 ? ` (${more.length} more)` : "";
  return { refusal: `${line}${first?.message ?? ""}${others}` };
}

/** Files that a plan names, without their content. */
export const namedFiles = ({ cif, instrument, lens }: ExperimentPlan): readonly Pick<SourceFile, "role" | "path">[] => [
  { role: "crystal", path: cif.path },
  ...(/\.json$/.test(instrument) ? [{ role: "instrument" as const, path: instrument }] : []),
  ...(lens && /\.(json|lens)$/.test(lens.file) ? [{ role: "lens" as const, path: lens.file }] : []),
];
