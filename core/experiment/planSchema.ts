import * as v from "valibot";
import { INSTRUMENTS } from "./instrument/index.ts";

/**
 * The shape of a plan. The descriptions, ranges and examples are for whoever edits the file as text: the JSON schema that
 * editors use is generated from here. Ranges are told there and judged by `checkPlan`, not here.
 */

/** What the JSON schema says of a value beside its type. */
interface Note {
  readonly description: string;
  readonly exclusiveMinimum?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
}
const noted = <S extends v.GenericSchema>(schema: S, note: Note) => v.pipe(schema, v.metadata({ ...note }));

const length_um = (description: string, example: number) =>
  noted(v.number(), { description, exclusiveMinimum: 0, maximum: 1e6, examples: [example] });
const fraction = (description: string, example: number) =>
  v.optional(noted(v.number(), { description, exclusiveMinimum: 0, maximum: 1, examples: [example] }));
const direction = (description: string) =>
  v.optional(noted(v.string(), { description, examples: ["(0,0,1)", "(1,-1,0)", "[1,1,1]"] }));
const row = v.tuple([v.number(), v.number(), v.number()]);
/** The template is a file to copy, not an instrument to plan for. */
const instrumentIds = INSTRUMENTS.map(({ id }) => id).filter((id) => id !== "template");

export const planSchema = noted(
  v.looseObject({
    $schema: v.optional(noted(v.string(), { description: "Schema that editors check this file by." })),
    version: noted(v.literal(1), { description: "Version of the format." }),
    cif: noted(
      v.looseObject({
        path: noted(v.string(), {
          description: "The CIF of the crystal, as a path relative to this file.",
          examples: ["LiNbO3.cif"],
        }),
        block: noted(v.string(), {
          description: "Code of the data block, without data_. Empty: the first block that has a unit cell.",
        }),
        sha256: v.optional(
          noted(v.string(), {
            description:
              "SHA-256 of the text of the CIF when the plan was saved (with LF line ends): panels tell where the CIF is another one by now.",
            pattern: "^[0-9a-f]{64}$",
          }),
        ),
      }),
      { description: "The crystal." },
    ),
    beam: noted(
      v.looseObject({
        energy_keV: noted(v.number(), {
          description: "Photon energy in keV.",
          minimum: 1,
          maximum: 150,
          default: 17,
          examples: [17, 19, 35],
        }),
        width_um: length_um("Width of the beam at the sample in µm, along lab Y.", 200),
        height_um: length_um("Height of the beam at the sample in µm, along lab Z.", 0.6),
        bandwidth_fwhm: fraction(
          "Relative energy bandwidth, full width at half maximum. Absent: that of the instrument.",
          1.4e-4,
        ),
      }),
      { description: "The beam at the sample." },
    ),
    sample: noted(
      v.looseObject({
        thickness_um: length_um("Thickness in µm, along sample x, the normal of the exit face.", 150),
        height_um: length_um("Height in µm, along sample z, which points up.", 5000),
        width_um: length_um("Width in µm, along sample y.", 5000),
        up: direction(
          "What points up in the sample frame: a plane normal (h,k,l) or a lattice direction [u,v,w]. Absent: the reflection.",
        ),
        exit: direction("Normal of the face through which the beam leaves. Absent: a low-index face across `up`."),
        perfection: v.optional(
          noted(v.picklist(["perfect", "deformed"]), {
            description:
              "Whether the crystal is perfect enough to scatter dynamically, or deformed so that it scatters kinematically.",
            default: "perfect",
          }),
        ),
        orientation: v.optional(
          noted(
            v.looseObject({
              U: noted(v.tuple([row, row, row]), {
                description:
                  "Rotation matrix, row by row, from the Cartesian frame of the crystal (Busing and Levy: x along a*, b* in the xy plane) to the sample frame.",
              }),
            }),
            { description: "A measured orientation, in place of `up` and `exit`." },
          ),
        ),
      }),
      { description: "The crystal as a cuboid, and how it is cut." },
    ),
    reflection: v.optional(
      noted(
        v.looseObject({
          hkl: noted(row, { description: "Miller indices h, k, l: whole numbers.", examples: [[0, 0, 6]] }),
        }),
        { description: "The reflection to image. Absent: the brightest that the instrument reaches." },
      ),
    ),
    beamExit: direction("Mean direction of the beam between incident and diffracted, as a direction. Absent: `exit`."),
    instrument: noted(v.string(), {
      description: `The instrument: ${instrumentIds.join(", ")}, or the path of a *.dfxrm-instrument.json relative to this file.`,
      default: "esrf-id03",
      examples: instrumentIds,
    }),
    lens: v.optional(
      noted(
        v.looseObject({
          file: noted(v.string(), {
            description: "The objective: id of a shipped lens box, or the path of a lens file relative to this file.",
            examples: ["id06.lens"],
          }),
          detectorDistance_mm: v.optional(
            noted(v.number(), {
              description:
                "Distance from sample to detector in mm, along the incident beam. Absent: that of the instrument.",
              exclusiveMinimum: 0,
              examples: [5000],
            }),
          ),
        }),
        { description: "The objective lens. Absent: none is planned." },
      ),
    ),
    thresholds: v.optional(
      noted(
        v.looseObject({
          transmissionGood: fraction("Mean transmission from which the light is called good.", 0.1),
          transmissionPoor: fraction("Mean transmission below which the light is called poor.", 0.02),
          unevenness: v.optional(
            noted(v.number(), {
              description:
                "Caution where the brightest part of the illuminated volume exceeds the darkest by this factor.",
              minimum: 1,
              examples: [10],
            }),
          ),
          kinematicalBelow: v.optional(
            noted(v.number(), {
              description: "Thickness over Pendelloesung length up to which scattering counts as kinematical.",
              exclusiveMinimum: 0,
              examples: [0.15],
            }),
          ),
          dynamicalAbove: v.optional(
            noted(v.number(), {
              description: "Thickness over Pendelloesung length from which a perfect crystal counts as dynamical.",
              exclusiveMinimum: 0,
              examples: [0.3],
            }),
          ),
          motorMargin_deg: v.optional(
            noted(v.number(), {
              description:
                "Caution where an axis has less than this to its limit, in degrees. Absent: the mounting uncertainty of the instrument.",
              minimum: 0,
              examples: [1],
            }),
          ),
        }),
        { description: "Limits of the verdicts: rules of thumb, each may be set. Absent ones have their defaults." },
      ),
    ),
    notes: v.optional(noted(v.string(), { description: "Anything worth remembering." })),
  }),
  { description: "Plan of a dark-field X-ray microscopy experiment." },
);
