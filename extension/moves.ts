import type { Uri } from "vscode";
import { type ExperimentPlan, instrumentNamedBy, lensNamedBy, type PlanOp } from "../core/experiment/index.ts";
import { relativePath } from "./paths.ts";
import { resolveFrom } from "./texts.ts";

/** Where a file is after others were renamed or moved; where it was, if it was none of them. */
export type Move = (uri: Uri) => Uri;

/**
 * The edits by which a plan goes on to name the same files after it was moved from `before` to `after`, and they by
 * `moved`. A path that leads nowhere stays as it is.
 */
export function pathOps(plan: ExperimentPlan, before: Uri, after: Uri, moved: Move): readonly PlanOp[] {
  const instrument = instrumentNamedBy(plan);
  const lens = lensNamedBy(plan);
  const named = [
    { path: ["cif", "path"], name: plan.cif.path },
    ...(instrument.kind === "file" ? [{ path: ["instrument"], name: instrument.path }] : []),
    ...(lens?.kind === "file" ? [{ path: ["lens", "file"], name: lens.path }] : []),
  ];
  const stays = folderOf(before) === folderOf(after);
  return named.flatMap(({ path, name }) => {
    const old = resolveFrom(before, name);
    if (old === undefined || (stays && moved(old) === old)) return [];
    const value = relativePath(folderOf(after), moved(old).path);
    return value === name ? [] : [{ path, value }];
  });
}

const folderOf = ({ path }: Uri): string => path.slice(0, path.lastIndexOf("/"));
