import type { Uri } from "vscode";

/** Last part of the path. */
export const baseName = (uri: Pick<Uri, "path">): string => uri.path.slice(uri.path.lastIndexOf("/") + 1) || uri.path;

/** Whether a file is a CIF by its name, whatever language an editor gives it. */
export const isCifName = (uri: Pick<Uri, "path">): boolean => /\.m?cif$/i.test(uri.path);
