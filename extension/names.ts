import type { Uri } from "vscode";

/** Last part of the path. */
export const baseName = (uri: Pick<Uri, "path">): string => uri.path.slice(uri.path.lastIndexOf("/") + 1) || uri.path;

/** Whether a file is a CIF by its name, whatever language an editor gives it. */
export const isCifName = (uri: Pick<Uri, "path">): boolean => /\.m?cif$/i.test(uri.path);

/** Whether a document is an earlier version that source control or a history shows, which nobody works on. */
export const isOfHistory = ({ scheme }: Pick<Uri, "scheme">): boolean =>
  /^(git|gitlens|gitfs|review|pr|vscode-local-history)$/.test(scheme);

const PLAN_ENDING = ".dfxrm.json";

export const isPlanName = (uri: Pick<Uri, "path">): boolean => uri.path.toLowerCase().endsWith(PLAN_ENDING);

/** Name of a plan file without what all of them end with. */
export const planName = (uri: Pick<Uri, "path">): string => baseName(uri).slice(0, -PLAN_ENDING.length);

const LENS_ENDING = /\.(?:lens|dfxrm-lens\.json)$/i;

export const isLensName = (uri: Pick<Uri, "path">): boolean => LENS_ENDING.test(uri.path);

/** Name of a lens file without what all of its kind end with. */
export const lensName = (uri: Pick<Uri, "path">): string => baseName(uri).replace(LENS_ENDING, "");

/** Name of a CIF without its extension. */
export const stemOf = (uri: Pick<Uri, "path">): string => baseName(uri).replace(/\.m?cif$/i, "");

/** Where a file is after it, or a folder above it, was renamed; undefined where it was not. */
export function movedUri(uri: Uri, from: Uri, to: Uri): Uri | undefined {
  if (uri.scheme !== from.scheme || uri.authority !== from.authority) return undefined;
  if (uri.path === from.path) return to;
  return uri.path.startsWith(`${from.path}/`)
    ? uri.with({ path: to.path + uri.path.slice(from.path.length) })
    : undefined;
}
