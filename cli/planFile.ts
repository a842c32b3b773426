import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { parseCif } from "../core/cif/index.ts";
import { crystalFromCif } from "../core/crystal/index.ts";
import {
  defaultReflectionFor,
  instrumentNamedBy,
  lensNamedBy,
  type Named,
  parsePlanText,
} from "../core/experiment/index.ts";
import type { ExportInput, SourceFile } from "../core/report/index.ts";
import { ok, type Result } from "../core/util/index.ts";
import { UsageError } from "./command.ts";

/** A plan with everything that it names. */
export type LoadedPlan = Omit<ExportInput, "name" | "software" | "date">;

/** Reads a plan file and the files that it names, beside it. */
export function loadPlan(file: string): Result<LoadedPlan> {
  const text = readText(file, "");
  const parsed = parsePlanText(text);
  if (!parsed.ok) return parsed;
  const plan = parsed.value;
  const beside = (path: string): string => (isAbsolute(path) ? path : resolve(dirname(file), path));
  const files: SourceFile[] = [{ role: "plan", path: file, sha256: sha256(text) }];
  const named = (role: SourceFile["role"], path: string): string => {
    const content = readText(beside(path), `, which ${basename(file)} names`);
    files.push({ role, path, sha256: sha256(content) });
    return content;
  };

  const crystal = crystalFromCif(parseCif(named("crystal", plan.cif.path)), plan.cif.block || undefined);
  if (!crystal.ok) return crystal;
  const read = <T>(role: "instrument" | "lens", what: Named<T>): Result<T> =>
    what.kind === "shipped" ? what.found : what.parse(named(role, what.path));
  const instrument = read("instrument", instrumentNamedBy(plan));
  if (!instrument.ok) return instrument;
  const namedLens = lensNamedBy(plan);
  const lens = namedLens && read("lens", namedLens);
  const hkl = plan.reflection ? ok(plan.reflection.hkl) : defaultReflectionFor(plan, crystal.value, instrument.value);
  return ok({
    plan,
    crystal: crystal.value,
    hkl: hkl.ok ? hkl.value : null,
    instrument: instrument.value,
    lens: lens?.ok ? lens.value : null,
    files,
    issues: [...parsed.issues, ...instrument.issues, ...(lens?.issues ?? [])],
  });
}

export function readText(file: string, why: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (caught) {
    const reason = caught instanceof Error && "code" in caught ? caught.code : caught;
    throw new UsageError(`cannot read ${file}${why} (${reason})`);
  }
}

/** Of the text with the line ends of Unix, as plans state it. */
const sha256 = (text: string): string =>
  createHash("sha256").update(text.replaceAll("\r\n", "\n"), "utf8").digest("hex");
