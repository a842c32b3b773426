import { selectBlock } from "../../core/crystal/index.ts";
import type { FileState } from "../../core/protocol/index.ts";
import { format, type Levels, leveled } from "../../core/util/index.ts";
import type { AnalysedDocument } from "../document.ts";

/** The crystal of a CIF in a few words, or the first reason why there is none. */
export function fileState({ document, analysis }: AnalysedDocument, levels: Levels): FileState {
  const { uri } = document;
  const issues = leveled(analysis.issues(), levels);
  const faults = issues.filter(({ severity }) => severity === "error");
  const worst =
    faults.length > 0 ? "error" : issues.some(({ severity }) => severity === "warning") ? "warning" : "none";
  const block = selectBlock(analysis.cif);
  if (!block.ok) {
    const reason = faults[0]?.message ?? block.issues[0]?.message ?? "";
    return { uri, summary: "No crystal", detail: reason, severity: worst };
  }
  const crystal = analysis.crystal(block.value);
  if (!crystal.ok) {
    const reason = crystal.issues.find(({ severity }) => severity === "error")?.message ?? "";
    return { uri, summary: `${block.value.code}: no crystal`, detail: reason, severity: "error" };
  }
  const { cell, spaceGroup, contents, density_g_cm3 } = crystal.value;
  const group = spaceGroup.hm ?? spaceGroup.hall;
  const first = faults[0]?.message;
  const formula = Object.entries(contents)
    .map(([element, count]) => `${element}${Number(count.toFixed(2))}`)
    .join(" ");
  return {
    uri,
    summary: [block.value.code, ...(group ? [group] : [])].join(" · "),
    detail:
      first ??
      `V = ${format.fixed(cell.volume_A3, 2)} Å³, ${format.fixed(density_g_cm3, 3)} g/cm³, in the cell ${formula}`,
    severity: worst,
  };
}
