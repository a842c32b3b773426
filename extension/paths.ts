/** Whether a path with `/` or `\` is relative and never leads out of the folder it starts from. */
export const isInside = (path: string): boolean =>
  !/^(?:[/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path) && !path.split(/[/\\]/).includes("..");
