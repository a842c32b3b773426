import { type Crystal, neighboursOf, type Site } from "../../../core/crystal/index.ts";
import { format } from "../../../core/util/index.ts";
import { escapeMarkdown } from "../../markdown.ts";

const SHELLS_SHOWN = 6;
/** In larger structures the neighbours of an atom would take too long for a hover. */
const IMAGES_LIMIT = 50_000;

/** A site of a crystal: element, place, multiplicity, occupancy and nearest neighbours. */
export function siteParagraphs(crystal: Crystal, site: Site): readonly string[] {
  const { element, charge, multiplicity, occupancy, position } = site;
  const ion = charge === 0 ? "" : ` (${Math.abs(charge)}${charge > 0 ? "+" : "−"})`;
  const share = occupancy === 1 ? "fully occupied" : `occupancy ${format.significant(occupancy, 4)}`;
  return [
    `**${escapeMarkdown(site.label)}**: ${element}${ion}, ${multiplicity} in the cell, ${share}, at ${place(position)}`,
    ...neighbours(crystal, site),
  ];
}

function neighbours(crystal: Crystal, site: Site): readonly string[] {
  if (crystal.sites.length * crystal.spaceGroup.operations.length > IMAGES_LIMIT) return [];
  const shells = neighboursOf(crystal, site);
  if (shells.length === 0) return [];
  const shown = shells
    .slice(0, SHELLS_SHOWN)
    .map(
      ({ site: other, count, distance_A }) =>
        `${count} × ${escapeMarkdown(other.label)} at ${format.fixed(distance_A, 3)} Å`,
    );
  const more = shells.length > SHELLS_SHOWN ? " …" : "";
  return [`Nearest: ${shown.join(", ")}${more}`];
}

const place = (position: readonly number[]): string =>
  `(${position.map((value) => format.fixed(value, 4).replace(/\.?0+$/, "")).join(", ")})`;
