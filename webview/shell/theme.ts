/**
 * Calls `listener` once after each change of theme. VS Code rewrites the variables on `<html style>` and the class of
 * the body in one batch, so that the new values can be read at once.
 */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(() => listener());
  observer.observe(document.documentElement, { attributeFilter: ["style", "class"] });
  observer.observe(document.body, { attributeFilter: ["class", "data-vscode-theme-id"] });
}

/** Value of a theme colour variable such as `--vscode-editor-foreground`, the first that is set of those given. */
export function themeColour(...names: readonly string[]): string {
  const style = getComputedStyle(document.body);
  for (const name of names) {
    const value = style.getPropertyValue(name).trim();
    if (value !== "") return value;
  }
  return style.color;
}
