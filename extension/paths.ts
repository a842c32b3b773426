/** Whether a path with `/` or `\` is relative and never leads out of the folder it starts from. */
export const isInside = (path: string): boolean =>
  !/^(?:[/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path) && !path.split(/[/\\]/).includes("..");

/**
 * The path, in a file system, of what a file in `folder` names by a relative path; undefined where that leads out of
 * `root`, or is not relative.
 */
export function resolveInside(root: string, folder: string, relative: string): string | undefined {
  if (/^(?:[/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(relative)) return undefined;
  const parts = partsOf(folder);
  for (const part of relative.split(/[/\\]/)) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = parts.join("/");
  return path.startsWith(root.endsWith("/") ? root : `${root}/`) ? path : undefined;
}

/** Parts of the path of a folder; the first one is empty, and the only one of the root. */
const partsOf = (folder: string): string[] => folder.replace(/\/+$/, "").split("/");

/** How a file in `folder` names another one of the same file system. */
export function relativePath(folder: string, path: string): string {
  const from = partsOf(folder);
  const to = path.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}
