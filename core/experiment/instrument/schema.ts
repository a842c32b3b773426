import * as v from "valibot";

/** The shape of a `*.dfxrm-instrument.json` file. The JSON schema for the editor is generated from it. */

const described = <const Schema extends v.GenericSchema>(schema: Schema, text: string) =>
  v.pipe(schema, v.description(text));

/** Beyond this nothing is built, and what follows would not be finite. */
const LARGEST = 1e9;

const number = v.pipe(
  v.number(),
  v.minValue(-LARGEST, `must be ${-LARGEST} or more.`),
  v.maxValue(LARGEST, `must be ${LARGEST} or less.`),
);
const positive = v.pipe(number, v.gtValue(0, "must be above 0."));
const notNegative = v.pipe(number, v.minValue(0, "must be 0 or more."));
const vector = v.tuple([number, number, number]);
const limits = v.nullable(v.tuple([number, number]));
const text = v.pipe(v.string(), v.minLength(1, "must not be empty."));

const axis = v.looseObject({
  name: described(text, "What the motor is called in the hutch."),
  axis_lab: described(
    vector,
    "Axis of rotation in the lab frame (X along the beam, Z up, Y to the left looking downstream) when all motors are at zero. A positive angle turns right-handed about it.",
  ),
  sense: described(
    text,
    "What a positive angle does, in words: “+mu moves the +z side of the sample towards the source”.",
  ),
  limits_deg: described(limits, "Lowest and highest reading of the motor; null: no limits known, so none are checked."),
  zero_deg: v.optional(described(number, "Reading of the motor at which the axis is at its zero; absent: 0.")),
  held_deg: v.optional(
    described(number, "Reading at which the motor is kept, for axes beyond the three that fix an orientation."),
  ),
});

const detector = v.looseObject({
  distance_mm: described(positive, "From the sample to the detector along the incident beam (lab X)."),
  twoThetaLimits_deg: v.optional(
    described(limits, "Lowest and highest 2θ of the detector arm; null: not checked."),
    null,
  ),
  travelAlong_mm: v.optional(
    described(limits, "Travel along the direction of deflection (up for vertical scattering), from the direct beam."),
    null,
  ),
  travelAcross_mm: v.optional(
    described(limits, "Travel across the direction of deflection, from the direct beam."),
    null,
  ),
});

const camera = v.looseObject({
  pixel_um: described(positive, "Edge of a pixel of the sensor."),
  opticalMagnification: described(positive, "Of the optics behind the scintillator."),
  size_px: described(v.tuple([positive, positive]), "Columns and rows of the sensor."),
  mounting: described(
    v.picklist(["normal", "upright"]),
    "Whether the camera stands normal to the diffracted beam or upright.",
  ),
});

const source = v.looseObject({
  source: described(text, "Where the number comes from."),
  confidence: described(v.picklist(["high", "medium", "low"]), "How far it can be trusted."),
});

export const profileSchema = v.looseObject({
  $schema: v.optional(described(v.string(), "Address of this schema.")),
  version: described(v.literal(1), "Version of the format: 1."),
  id: described(text, "What a plan names the instrument by."),
  name: described(text, "What people call it."),
  stack: described(
    v.array(axis),
    "Axes of the goniometer from the floor to the sample. Three are free; further ones are held at an angle.",
  ),
  limitsSource: v.optional(
    described(text, "Where the limits come from, in words."),
    "limits as this instrument file states them",
  ),
  eta_deg: described(number, "Direction of deflection: 0 up, -90 to +Y (left looking downstream), +90 to -Y."),
  alongQ_sample: described(
    vector,
    "Axis of the sample that lies along Q where a plan says nothing else, at zero motors: [0,0,1] for vertical, [0,1,0] for deflection to the left.",
  ),
  polarisation_lab: described(vector, "Polarisation of the incident beam in the lab frame; [0,1,0] at an undulator."),
  detector: v.optional(
    described(v.nullable(detector), "Where the diffracted beam can be caught; null: not known."),
    null,
  ),
  energyRange_keV: v.optional(described(limits, "Lowest and highest photon energy; null: not known."), null),
  bandwidth_fwhm: v.optional(
    described(v.nullable(positive), "ΔE/E of the monochromator, full width at half maximum; null: not known."),
    null,
  ),
  divergence_fwhm_mrad: v.optional(
    described(
      v.nullable(v.looseObject({ inPlane: notNegative, across: notNegative })),
      "Divergence of the incident beam in the scattering plane and across it, full widths at half maximum.",
    ),
    null,
  ),
  camera: v.optional(described(v.nullable(camera), "Far-field camera; null: not known."), null),
  lensHousing_halfHeight_mm: v.optional(
    described(
      v.nullable(positive),
      "Half the height of the lens housing, from the lens axis towards the direct beam; null: clearance is not judged.",
    ),
    null,
  ),
  mountingUncertainty_deg: v.optional(
    described(notNegative, "How far the mounted crystal may be turned from what the plan says."),
    1,
  ),
  sources: v.optional(
    described(
      v.record(v.string(), source),
      "Source and confidence of each number, by its dotted path: stack.0.limits_deg, camera.pixel_um.",
    ),
    {},
  ),
  notes: v.optional(described(v.string(), "Anything else a user of the instrument should know.")),
});
