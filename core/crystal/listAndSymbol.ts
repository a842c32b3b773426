import type { Issue, TextRange } from "../util/index.ts";
import { chooseByContents } from "./chooseSetting.ts";
import type { SpaceGroup, SymmetryOperation, UnitCell } from "./crystal.ts";
import { operationsFromHall } from "./hall.ts";
import { readHmSymbol } from "./hmSymbol.ts";
import { generateGroup, isGroup, operationKey } from "./operations.ts";
import { HM_NAMES, writtenSymbol } from "./readHm.ts";
import type { FoundOperations } from "./readOperations.ts";
import { operationsFitCell } from "./settings.ts";
import type { BlockTable } from "./table.ts";

export const HALL_NAMES = ["_space_group_name_hall", "_symmetry_space_group_name_hall"];

/** A group that a symbol of the block names. */
interface Named {
  readonly source: SpaceGroup["source"];
  readonly symbol: string;
  readonly range: TextRange;
  readonly operations: readonly SymmetryOperation[];
}

/** What Hall and Hermann-Mauguin symbol of a block can mean in this cell. */
function namedGroups(table: BlockTable, cell: UnitCell | undefined): readonly Named[] {
  const hall = writtenSymbol(table, HALL_NAMES);
  const hm = writtenSymbol(table, HM_NAMES);
  const byHall = hall && operationsFromHall(hall.text, hall.range);
  const byHm = (hm && readHmSymbol(hm.text)?.meanings) ?? [];
  const named = [
    ...(hall && byHall?.ok
      ? [{ source: "hall" as const, symbol: hall.text.trim(), range: hall.range, operations: byHall.value }]
      : []),
    ...byHm.map(({ operations }) => ({ source: "hm" as const, symbol: hm!.text.trim(), range: hm!.range, operations })),
  ];
  return cell ? named.filter(({ operations }) => operationsFitCell(operations, cell)) : named;
}

/** How many of the listed operations a group has. */
function shared(listed: readonly SymmetryOperation[], { operations }: Named): number {
  const keys = new Set(operations.map(operationKey));
  return listed.filter((operation) => keys.has(operationKey(operation))).length;
}

/**
 * The list of operations of a block against the symbols beside it. The list counts, with an issue where a symbol means
 * another group (`crystal/symop-space-group-mismatch`), but for two kinds of list that cannot be meant:
 * - one that is no group gives way to the group of a symbol that has most of its operations, else it is completed by
 *   the products that it lacks (`crystal/symmetry-not-a-group`);
 * - one that is only a part of the symbol's group (often `x,y,z` alone), where the formula or the density of the file
 *   fits the symbol and not the list.
 */
export function reconcile(
  found: FoundOperations,
  table: BlockTable,
  cell: UnitCell | undefined,
  header: TextRange,
): { readonly found: FoundOperations; readonly issues: readonly Issue[] } {
  const { operations: listed, place } = found;
  const named = namedGroups(table, cell);
  const nearest = named.reduce<Named | undefined>(
    (best, group) => (best && shared(listed, best) >= shared(listed, group) ? best : group),
    undefined,
  );
  const count = nearest ? shared(listed, nearest) : 0;
  const take = (group: Pick<Named, "operations" | "source">, ...issues: readonly Issue[]) => ({
    found: { ...found, operations: group.operations, source: group.source },
    issues,
  });

  if (!isGroup(listed)) {
    const what = `The ${listed.length} listed symmetry operations are not a group`;
    const warn = (rest: string): Issue => ({
      code: "crystal/symmetry-not-a-group",
      severity: "warning",
      message: `${what}: ${rest}; correct the list.`,
      range: place,
    });
    if (nearest && count > listed.length / 2) {
      const those = `the ${nearest.operations.length} of '${nearest.symbol}' are used, ${count} of which are listed`;
      return take(nearest, warn(those));
    }
    const complete = generateGroup(listed);
    if (complete)
      return take(
        { ...found, operations: complete },
        warn(`the ${complete.length} operations that they generate are used`),
      );
    return take(found, warn("their products never end, so one of them is wrong; atoms and reflections may be wrong"));
  }

  const isSame = (group: Named): boolean =>
    group.operations.length === listed.length && shared(listed, group) === listed.length;
  const larger = named.filter(
    (group) => group.operations.length > listed.length && shared(listed, group) === listed.length,
  );
  const list: Named = { source: found.source, symbol: "", range: place, operations: listed };
  const best =
    !cell || named.some(isSame) ? undefined : chooseByContents([list, ...distinct(larger)], table, cell, header);
  if (best && best.meaning !== list) {
    const { symbol, operations } = best.meaning;
    const message = `The list has only ${listed.length} of the ${operations.length} symmetry operations of '${symbol}', which are used, because ${best.reason}; complete the list.`;
    return take(best.meaning, {
      code: "crystal/symmetry-list-incomplete",
      severity: "warning",
      message,
      range: place,
      related: [{ range: best.meaning.range, message: `'${best.meaning.symbol}'` }],
    });
  }
  const symbols = new Map(named.map((group) => [group.range.start, group.symbol]));
  const contradictions = [...symbols].flatMap(([start, symbol]): readonly Issue[] => {
    const meanings = named.filter(({ range }) => range.start === start);
    if (meanings.some(isSame)) return [];
    const isSameClass = meanings.some(({ operations }) => classOf(operations) === classOf(listed));
    const message = isSameClass
      ? `The listed symmetry operations have another origin or other axes than '${symbol}'; the list is used.`
      : `The ${listed.length} listed symmetry operations are not those of '${symbol}'; the list is used. Correct the symbol or the list.`;
    const severity = isSameClass ? "information" : "warning";
    const related = [{ range: place, message: `The list of ${listed.length} symmetry operations` }];
    return [{ code: "crystal/symop-space-group-mismatch", severity, message, range: meanings[0]!.range, related }];
  });
  return take(found, ...contradictions);
}

/** The rotations of a group, each as often as it occurs. */
const classOf = (operations: readonly SymmetryOperation[]): string =>
  operations
    .map(({ rotation }) => rotation.join())
    .sort()
    .join(";");

/** Groups without those that have the operations of an earlier one. */
const distinct = (groups: readonly Named[]): readonly Named[] =>
  groups.filter((group, i) =>
    groups
      .slice(0, i)
      .every(
        (earlier) =>
          earlier.operations.length !== group.operations.length ||
          shared(earlier.operations, group) < group.operations.length,
      ),
  );
