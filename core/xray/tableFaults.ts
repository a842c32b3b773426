import type { Crystal } from "../crystal/index.ts";
import type { Issue } from "../util/index.ts";

/** A range of energies in which the splines of Elam's table are known to be off. */
interface TableFault {
  readonly elements: readonly string[];
  readonly from_keV: number;
  readonly to_keV: number;
  /** Largest deviation of the total attenuation there, in percent. */
  readonly deviation_percent: number;
}

const HEAVY = ["Os", "Ir", "Pt", "Au", "Hg", "Tl", "Pb"] as const;

/**
 * Overshoots of the splines of Elam, Ravel and Sieber (2002), found by comparison with EPDL97, NIST XCOM and Chantler's
 * table: above the K edges of Si, Ti, Cr and Tm, and among the M edges from osmium to lead. Elsewhere the table agrees
 * with EPDL97 within 1.1 % for 95 % of all points more than 2 % from an edge.
 */
export const TABLE_FAULTS: readonly TableFault[] = [
  { elements: ["Si"], from_keV: 2.1, to_keV: 2.7, deviation_percent: 5 },
  { elements: ["Ti"], from_keV: 5.1, to_keV: 5.8, deviation_percent: 5 },
  { elements: ["Cr"], from_keV: 6.1, to_keV: 7.8, deviation_percent: 12.7 },
  { elements: ["Tm"], from_keV: 57.5, to_keV: 73, deviation_percent: -4.7 },
  { elements: HEAVY, from_keV: 2, to_keV: 3.5, deviation_percent: -49 },
];

/**
 * Information `xray/table-fault` for a crystal at an energy where the attenuation table of one of its elements is known
 * to be off (`TABLE_FAULTS`); f'' and beta follow the same table.
 */
export const tableFaultIssues = ({ contents }: Pick<Crystal, "contents">, energy_keV: number): readonly Issue[] =>
  TABLE_FAULTS.filter(({ from_keV, to_keV }) => energy_keV >= from_keV && energy_keV <= to_keV).flatMap(
    ({ elements, from_keV, to_keV, deviation_percent }) =>
      elements
        .filter((element) => (contents[element] ?? 0) > 0)
        .map((element): Issue => {
          const side = deviation_percent > 0 ? "high" : "low";
          const message = `The attenuation table of ${element} is up to ${Math.abs(deviation_percent)} % too ${side} from ${from_keV} to ${to_keV} keV, so attenuation and f'' at ${energy_keV} keV are less certain than elsewhere.`;
          return { code: "xray/table-fault", severity: "information", message, field: "beam.energy_keV" };
        }),
  );
