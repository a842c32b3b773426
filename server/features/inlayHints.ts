import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver";
import { type CifBlock, findItem, parseNumber } from "../../core/cif/index.ts";
import type { Crystal } from "../../core/crystal/index.ts";
import { format, type TextRange } from "../../core/util/index.ts";
import type { AnalysedDocument } from "../document.ts";
import { firstRowEndingBehind, loopsIn } from "./rows.ts";

/** A row as often as this, counted from the header of a loop, shows the names of its columns. */
const NAMED_ROW = 40;

/**
 * What the file says otherwise: volume and density computed from cell and atoms, where those given differ by more than
 * 0.1 % (IUCr CELLV01) and 1 % (DENSD01); and the names of the columns, every 40 rows of a long loop.
 */
export function inlayHints(source: AnalysedDocument, range: Range): InlayHint[] {
  const { document, analysis } = source;
  const part = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  const computed = analysis.cif.blocks
    .filter((block) => block.range.start <= part.end && part.start <= block.range.end)
    .flatMap((block) => computedHints(source, block, part));
  return [...computed, ...columnHints(source, part)];
}

interface Derived {
  readonly names: readonly string[];
  readonly of: (crystal: Crystal) => number;
  readonly unit: string;
  readonly tolerance: number;
}

const DERIVED: readonly Derived[] = [
  { names: ["_cell_volume", "_cell.volume"], of: ({ cell }) => cell.volume_A3, unit: "Å³", tolerance: 1e-3 },
  {
    names: ["_exptl_crystal_density_diffrn", "_exptl_crystal.density_diffrn"],
    of: ({ density_g_cm3 }) => density_g_cm3,
    unit: "g/cm³",
    tolerance: 1e-2,
  },
];

function computedHints({ document, analysis }: AnalysedDocument, block: CifBlock, part: TextRange): InlayHint[] {
  return DERIVED.flatMap(({ names, of, unit, tolerance }) => {
    const value = findItem(block, ...names)?.value;
    const given = value && parseNumber(value.text);
    if (!value || !given || value.range.end < part.start || value.range.start > part.end) return [];
    const crystal = analysis.crystal(block);
    if (!crystal.ok) return [];
    const computed = of(crystal.value);
    const rounding = 0.5 * 10 ** -given.decimals;
    if (Math.abs(given.value - computed) <= Math.max(tolerance * computed, rounding, 3 * (given.su ?? 0))) return [];
    const label = `computed: ${format.fixed(computed, Math.max(3, given.decimals))} ${unit}`;
    return [{ position: document.positionAt(value.range.end), label, paddingLeft: true }];
  });
}

function columnHints({ document, analysis }: AnalysedDocument, part: TextRange): InlayHint[] {
  return loopsIn(analysis.cif.blocks, part).flatMap((loop) => {
    const names = shortNames(loop.names.map(({ text }) => text));
    const hints: InlayHint[] = [];
    const first = Math.max(NAMED_ROW, firstRowEndingBehind(loop, part.start));
    for (let row = Math.ceil(first / NAMED_ROW) * NAMED_ROW; row < loop.rowCount; row += NAMED_ROW) {
      if (loop.startOf(row, 0) > part.end) break;
      for (const [column, name] of names.entries()) {
        hints.push({
          position: document.positionAt(loop.startOf(row, column)),
          label: `${name}:`,
          kind: InlayHintKind.Parameter,
          paddingRight: true,
        });
      }
    }
    return hints;
  });
}

/** Names without the words that all of them begin with: `fract_x` of `_atom_site_fract_x`. */
function shortNames(names: readonly string[]): readonly string[] {
  const words = names.map((name) => name.split(/(?<=[._])/));
  const shared = words.reduce(
    (count, other) => {
      let same = 0;
      while (same < Math.min(count, other.length - 1) && other[same] === words[0]![same]) same++;
      return same;
    },
    (words[0]?.length ?? 1) - 1,
  );
  return words.map((parts) => parts.slice(shared).join(""));
}
