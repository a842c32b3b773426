/** Labels of sites for a message: the first six, and how many more. */
export function listLabels(labels: readonly string[]): string {
  const shown = labels.slice(0, 6).join(", ");
  return labels.length > 6 ? `${shown} and ${labels.length - 6} more` : shown;
}
