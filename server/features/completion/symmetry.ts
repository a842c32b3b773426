import { CompletionItemKind } from "vscode-languageserver";
import { type CifBlock, valuesOf } from "../../../core/cif/index.ts";
import {
  likelySettings,
  operationWords,
  parseOperation,
  SETTINGS,
  type Setting,
  settingByHall,
  settingOperations,
  settingsByHm,
} from "../../../core/crystal/index.ts";
import type { Candidate } from "./candidate.ts";

/** Symbols of the space groups, Hermann-Mauguin or Hall, the likeliest for the block first. */
export function groupSymbols(block: CifBlock | undefined, kind: "hm" | "hall"): readonly Candidate[] {
  const settings = block ? likelySettings(block, kind) : SETTINGS.map((setting) => ({ setting, reason: null }));
  return settings.map(({ setting, reason }) => ({
    value: setting[kind],
    detail: `No. ${setting.number}, ${setting[kind === "hm" ? "hall" : "hm"]}${reason === null ? "" : ` (${reason})`}`,
    kind: CompletionItemKind.Value,
  }));
}

const LISTS = [
  "_space_group_symop_operation_xyz",
  "_space_group_symop.operation_xyz",
  "_symmetry_equiv_pos_as_xyz",
  "_symmetry_equiv.pos_as_xyz",
];

/** Operations of the group that the symbols of the block name which its list lacks; of several settings, of one that has those listed. */
export function missingOperations(block: CifBlock): readonly Candidate[] {
  const listed = new Set(
    valuesOf(block, ...LISTS).flatMap(({ text, range }) => {
      const read = parseOperation(text, range);
      return read.ok ? [read.value.xyz] : [];
    }),
  );
  const hall = valuesOf(block, "_space_group_name_Hall", "_space_group.name_Hall", "_symmetry_space_group_name_Hall");
  const hm = valuesOf(
    block,
    "_space_group_name_H-M_alt",
    "_space_group.name_H-M_alt",
    "_symmetry_space_group_name_H-M",
    "_symmetry.space_group_name_H-M",
  );
  const named: readonly (Setting | undefined)[] = [
    ...hall.map(({ text }) => settingByHall(text)),
    ...hm.flatMap(({ text }) => settingsByHm(text)),
  ];
  const operations = named
    .map((setting) => (setting ? settingOperations(setting) : []))
    .find((group) => group.length > 0 && [...listed].every((xyz) => group.some((operation) => operation.xyz === xyz)));
  return (operations ?? [])
    .filter(({ xyz }) => !listed.has(xyz))
    .map((operation) => ({
      value: operation.xyz,
      detail: operationWords(operation),
      kind: CompletionItemKind.Value,
    }));
}
