import type { Issue, RelatedPlace, Severity } from "../../util/index.ts";
import { formulaOf, heaviestElement } from "../formula.ts";
import { symmetryPlaces } from "../relatedPlaces.ts";
import { isXray } from "./radiation.ts";
import { type Check, issue, quantityAt, replaceBy } from "./subject.ts";

/** Multiples of 0.1 Z of the heaviest element [e/Angstrom^3] that give alerts C, B and A. */
const LIMITS: readonly (readonly [number, Severity])[] = [
  [0.75, "hint"],
  [1, "information"],
  [2, "warning"],
];

/**
 * Peaks and holes of the difference map: with the wrong sign, or larger than the heaviest atom explains (IUCr DIFMX01,
 * DIFMN02). X-rays only: neutrons see another density.
 */
export const differenceDensityIssues: Check = ({ table, crystal }) => {
  const heaviest = heaviestElement(formulaOf(table)?.counts ?? crystal?.contents ?? {});
  if (!heaviest || !isXray(table)) return [];
  return (
    [
      ["max", 1, "DIFMX01", "peak"],
      ["min", -1, "DIFMN02", "hole"],
    ] as const
  ).flatMap(([end, sign, testName, what]) => {
    const given = quantityAt(table, [`_refine_diff_density_${end}`]);
    if (!given) return [];
    const size = sign * given.value;
    if (size < 0) {
      const better = sign < 0 ? `-${given.text.replace(/^\+/, "")}` : given.text.replace(/^-/, "");
      const message = `The ${what} of the difference map, ${given.text} e Å⁻³, has the wrong sign (${testName}).`;
      return [
        issue("difference-density", "warning", message, given.range, { fixes: [replaceBy(better, given.range)] }),
      ];
    }
    const unit = 0.1 * heaviest.atomicNumber;
    const exceeded = LIMITS.findLast(([factor]) => size > factor * unit);
    if (!exceeded) return [];
    const limit = Number((sign * exceeded[0] * unit).toFixed(2));
    const message = `The ${what} of the difference map, ${given.text} e Å⁻³, exceeds ${limit}, which ${heaviest.symbol} as the heaviest element explains (${testName}).`;
    return [issue("difference-density", exceeded[1], message, given.range)];
  });
};

const FLACK = ["_refine_ls_abs_structure_flack"];
/** A parameter with a larger uncertainty tells nothing. */
const LARGEST_FLACK_SU = 0.5;

/** Flack's parameter of the absolute structure (IUCr STRVAL01, all alerts C), and one where there is none to know. */
export const flackIssues: Check = ({ table, spaceGroup }): readonly Issue[] => {
  const given = quantityAt(table, FLACK);
  if (!given) return [];
  const report = (reason: string, related: readonly RelatedPlace[] = []): readonly Issue[] => [
    issue("absolute-structure", "hint", `Flack parameter ${given.text}: ${reason} (STRVAL01).`, given.range, {
      related,
    }),
  ];
  const { value, su } = given;
  if (spaceGroup?.centrosymmetric)
    return report(
      `${spaceGroup.hm ?? "the space group"} has an inversion, so there is no absolute structure`,
      symmetryPlaces(table),
    );
  if (su > LARGEST_FLACK_SU) return report("its uncertainty is too large to tell the absolute structure");
  if (value > 0.7) return report("the structure seems to be inverted");
  if (value > 0.3) return report("the absolute structure is ambiguous, or the crystal is a twin by inversion");
  return value < -0.2 ? report("it is too far below 0") : [];
};
