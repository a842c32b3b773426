import type { CifValue } from "../tree.ts";
import type { ItemDefinition } from "./model.ts";

/** What is wrong with the container of a value, to be read behind the data name; undefined if nothing is. */
export function containerProblem(value: CifValue, { container, dimension }: ItemDefinition): string | undefined {
  if (value.kind === "unknown" || value.kind === "inapplicable") return undefined;
  switch (container.toLowerCase()) {
    case "single":
      return value.items || value.entries ? "takes one value, not a list or table of them" : undefined;
    case "table":
      return value.entries ? undefined : "takes a table, written as {'key':value ...}";
    case "list":
    case "array":
      return listProblem(value, dimension);
    case "matrix":
      return dimension?.length === 1 ? listProblem(value, dimension) : matrixProblem(value, dimension);
    default:
      return undefined;
  }
}

function listProblem(value: CifValue, dimension: readonly number[] | undefined): string | undefined {
  if (!value.items) return "takes a list of values, written as [value value ...]";
  const wanted = dimension?.[0];
  if (wanted === undefined || value.items.length === wanted) return undefined;
  return `takes a list of ${wanted} values, not ${value.items.length}`;
}

function matrixProblem(value: CifValue, dimension: readonly number[] | undefined): string | undefined {
  const isRow = (row: CifValue): boolean =>
    row.items !== undefined || row.kind === "unknown" || row.kind === "inapplicable";
  if (!value.items || value.items.length === 0 || !value.items.every(isRow)) {
    return "takes a matrix, written as [[a b ...] [c d ...] ...]";
  }
  const [rows, columns] = dimension ?? [];
  if (rows !== undefined && value.items.length !== rows)
    return `takes a matrix of ${rows} rows, not ${value.items.length}`;
  const lengths = value.items.flatMap(({ items }) => (items ? [items.length] : []));
  const wanted = columns ?? lengths[0];
  const odd = lengths.find((length) => length !== wanted);
  return odd === undefined ? undefined : `takes a matrix with rows of ${wanted} values, not ${odd}`;
}
