import { type CifItem, parseNumber } from "../../../core/cif/index.ts";
import type { Crystal } from "../../../core/crystal/index.ts";
import { format, type Result } from "../../../core/util/index.ts";
import { escapeMarkdown } from "../../markdown.ts";

interface Meaning {
  readonly symbol: string;
  readonly unit: string;
  readonly sentence: string;
}

const edge = (symbol: string): Meaning => ({
  symbol,
  unit: " Å",
  sentence: `Length of the unit-cell edge ${symbol}.`,
});
const cellAngle = (symbol: string, first: string, second: string): Meaning => ({
  symbol,
  unit: "°",
  sentence: `Angle of the unit cell between the edges ${first} and ${second}.`,
});

/** Cell items by data name, with `_` for the `.` of the newer spelling. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  _cell_length_a: edge("a"),
  _cell_length_b: edge("b"),
  _cell_length_c: edge("c"),
  _cell_angle_alpha: cellAngle("α", "b", "c"),
  _cell_angle_beta: cellAngle("β", "a", "c"),
  _cell_angle_gamma: cellAngle("γ", "a", "b"),
  _cell_volume: {
    symbol: "V",
    unit: " Å³",
    sentence:
      "Volume of the unit cell as stated in the file; it is not used, the volume follows from edges and angles.",
  },
  _cell_formula_units_z: { symbol: "Z", unit: "", sentence: "Number of formula units in the unit cell." },
  _cell_measurement_temperature: {
    symbol: "T",
    unit: " K",
    sentence: "Temperature at which the cell was measured.",
  },
};

/** Of a cell item: its value, what it means, and the whole cell with volume and density; undefined for other items. */
export function cellParagraphs(item: CifItem, crystal: () => Result<Crystal>): readonly string[] | undefined {
  const meaning = MEANINGS[item.name.key.replace(".", "_")];
  if (!meaning) return undefined;
  const built = crystal();
  return [headline(item, meaning), meaning.sentence, ...(built.ok ? cellSummary(built.value) : [])];
}

function headline(item: CifItem, { symbol, unit }: Meaning): string {
  const value = item.value;
  if (value === undefined) return `**${symbol}**: the value is missing`;
  if (value.kind === "unknown") return `**${symbol}** is not known (\`?\`)`;
  if (value.kind === "inapplicable") return `**${symbol}** does not apply (\`.\`)`;
  const number = parseNumber(value.text);
  if (!number) return `**${symbol}** = ${escapeMarkdown(value.text)} is not a number`;
  const decimals = Math.max(0, number.decimals);
  const shown = `**${symbol} = ${format.fixed(number.value, decimals)}${unit}**`;
  if (number.su === null) return `${shown}, no uncertainty given`;
  return `${shown}, standard uncertainty ${format.fixed(number.su, decimals)}${unit}`;
}

function cellSummary({ cell, spaceGroup, density_g_cm3 }: Crystal): string[] {
  const group = spaceGroup.hm ?? spaceGroup.hall;
  const angles = [cell.alpha_deg, cell.beta_deg, cell.gamma_deg].map((angle) => `${trimmed(angle)}°`);
  const edges = [cell.a_A, cell.b_A, cell.c_A].map(trimmed);
  return [
    "---",
    `a, b, c = ${edges.join(", ")} Å  \nα, β, γ = ${angles.join(", ")}`,
    [
      `V = ${format.fixed(cell.volume_A3, 3)} Å³`,
      `density ${format.fixed(density_g_cm3, 3)} g/cm³`,
      ...(group ? [`space group ${escapeMarkdown(group)}`] : []),
    ].join("  \n"),
  ];
}

/** At most five decimals, without zeros that say nothing. */
const trimmed = (value: number): string => format.fixed(value, 5).replace(/\.?0+$/, "");
