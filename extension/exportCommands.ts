import * as vscode from "vscode";
import { readOrientations } from "../core/experiment/index.ts";
import type { ExportAnswer, ExportParams } from "../core/protocol/index.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../core/report/formats.ts";
import type { ExportContent, SourceFile } from "../core/report/index.ts";
import type { Experiment } from "./experiments.ts";
import { exportInput, firstError, makeFile, makeFromTemplate, namedFiles, stateOf, withState } from "./exportPlan.ts";
import type { LoadWriters } from "./exportWriters.ts";
import { baseName, planName, stemOf } from "./names.ts";
import { saveFile } from "./saveFile.ts";
import { savingInVSCode } from "./savingInVSCode.ts";
import { readText, resolveFrom, sha256 } from "./texts.ts";

/** What the export takes from its host. */
export interface ExportParts {
  readonly loadWriters: LoadWriters;
  readonly content: (params: ExportParams) => Promise<ExportAnswer>;
  /** Program and version. */
  readonly software: string;
}

/** What a key binding may give along, to choose without a menu. */
export interface ExportChoice {
  readonly format?: ExportFormat;
  readonly paper?: "a4" | "letter";
}

const TEMPLATE = "template";

/** Asks for a format, makes the file and asks where to save it. To cancel anywhere changes nothing. */
export async function exportExperiment(
  experiment: Experiment,
  choice: ExportChoice,
  parts: ExportParts,
): Promise<void> {
  const format = choice.format ?? (await askFormat());
  if (format === undefined) return;
  const paper = format === "pdf" ? (choice.paper ?? (await askPaper())) : "a4";
  if (paper === undefined) return;
  const template = format === TEMPLATE ? await askTemplate() : undefined;
  if (format === TEMPLATE && template === undefined) return;
  const content = await contentOf(experiment, parts);
  if (typeof content === "string") return refuse(content);
  const origin = experiment.plan ?? experiment.uri;
  if (format === TEMPLATE) {
    const made = makeFromTemplate(template ?? "", content);
    if ("refusal" in made) return refuse(`The template was not filled in. ${made.refusal}`);
    await saveFile(made.file, origin, savingInVSCode());
    return;
  }
  const made = await makeFile(content, format, paper, parts.loadWriters);
  if (!made.ok) return refuse(firstError(made.issues, "The file could not be made."));
  await saveFile(made.value, origin, savingInVSCode());
}

async function refuse(sentence: string): Promise<void> {
  await vscode.window.showErrorMessage(sentence);
}

async function askFormat(): Promise<ExportFormat | typeof TEMPLATE | undefined> {
  const items = EXPORT_FORMATS.map(({ id, title, kind }) => ({ label: title, description: `.${kind}`, id }));
  const template = { label: "Motors by a template of yours (text)", description: ".txt", id: TEMPLATE } as const;
  const choice = await vscode.window.showQuickPick([...items, template], {
    title: "Export",
    placeHolder: "What the plan is exported as",
    matchOnDescription: true,
  });
  return choice?.id;
}

async function askPaper(): Promise<"a4" | "letter" | undefined> {
  const items = [
    { label: "A4", id: "a4" },
    { label: "Letter", id: "letter" },
  ] as const;
  return (await vscode.window.showQuickPick(items, { title: "Export", placeHolder: "Paper" }))?.id;
}

async function askTemplate(): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({ title: "Template with {{motor.mu}} and the like", openLabel: "Fill In" })) ??
    [];
  if (file === undefined) return undefined;
  const text = await readText(file);
  if (text === undefined) await refuse(`${baseName(file)} cannot be read.`);
  return text;
}

/** What is exported, or a sentence that says why it cannot be. */
async function contentOf(experiment: Experiment, { content, software }: ExportParts): Promise<ExportContent | string> {
  const state = await stateOf(experiment.session);
  const prepared = exportInput(state, {
    name: experiment.plan ? planName(experiment.plan) : stemOf(experiment.uri),
    files: await sourceFiles(experiment, state.plan.plan),
    software,
    date: `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
  });
  if ("refusal" in prepared) return prepared.refusal;
  const answer = await content(prepared.input);
  return answer.ok ? answer.value : firstError(answer.issues, "The plan could not be exported.");
}

/** The files that the plan rests on, with their digests. */
async function sourceFiles(
  { plan, uri }: Experiment,
  content: Parameters<typeof namedFiles>[0],
): Promise<readonly SourceFile[]> {
  const digest = async (file: vscode.Uri | undefined): Promise<string | null> => {
    const text = file && (await readText(file));
    return text === undefined ? null : sha256(text);
  };
  const named = namedFiles(content).map(async (file) => {
    const place = file.role === "crystal" ? uri : resolveFrom(plan ?? uri, file.path);
    return { ...file, sha256: await digest(place) };
  });
  const own = plan ? [{ role: "plan" as const, path: baseName(plan), sha256: await digest(plan) }] : [];
  return [...own, ...(await Promise.all(named))];
}

/** Takes the orientation of the crystal from a file of ImageD11 or a plain matrix, in place of up and exit. */
export async function readOrientation(experiment: Experiment, given: vscode.Uri | undefined): Promise<void> {
  const [file] = given
    ? [given]
    : ((await vscode.window.showOpenDialog({
        title: "Read Orientation Matrix",
        openLabel: "Read",
        filters: { "Orientation matrix": ["ubi", "par", "txt", "mat", "dat"], "All files": ["*"] },
      })) ?? []);
  if (file === undefined) return;
  const text = await readText(file);
  if (text === undefined) return refuse(`${baseName(file)} cannot be read.`);
  await withState(experiment.session, async ({ crystal, plan }, view) => {
    if (crystal.crystal === null) return refuse(firstError(crystal.issues, "The CIF gives no crystal."));
    const read = readOrientations(text, crystal.crystal.cell);
    if (!read.ok) return refuse(`${baseName(file)}: ${firstError(read.issues, "It holds no orientation.")}`);
    const [only, ...more] = read.value;
    const chosen = more.length === 0 ? only : await askOrientation(read.value);
    if (chosen === undefined) return;
    const edited = await experiment.session.edit(view, {
      t: "plan.edit",
      id: 0,
      baseVersion: plan.version,
      label: "Read orientation matrix",
      ops: [
        { path: ["sample", "orientation"], value: { U: chosen.U } },
        { path: ["sample", "up"] },
        { path: ["sample", "exit"] },
      ],
    });
    if (!edited.ok) return refuse(edited.error);
    const cell = chosen.deviation === null ? "It holds no cell to compare." : `Its cell: ${chosen.deviation}.`;
    const tell = read.issues.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    void tell(`The plan has the orientation of ${baseName(file)}, in place of up and exit. ${cell}`);
  });
}

type Found = Extract<ReturnType<typeof readOrientations>, { ok: true }>["value"];

async function askOrientation(found: Found): Promise<Found[number] | undefined> {
  const items = found.map((orientation, i) => ({
    label: `Grain ${i + 1}`,
    description: `line ${orientation.line}`,
    detail: orientation.deviation ?? "a rotation without cell",
    orientation,
  }));
  const choice = await vscode.window.showQuickPick(items, {
    title: "Read Orientation Matrix",
    placeHolder: "Which of the matrices is the crystal of this plan",
  });
  return choice?.orientation;
}
