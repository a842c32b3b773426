import { computed, effect, type ReadonlySignal } from "@preact/signals-core";
import type { Geometry, MountDirection } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { LastGood } from "../shell/derived.ts";
import type { Store } from "../shell/store.ts";
import {
  directionInput,
  energyInput,
  hklInput,
  instrumentInput,
  sampleLengthInput,
  wavelengthInput,
} from "../ui/planInputs.ts";
import { section } from "../ui/section.ts";
import { logSlider } from "../ui/slider.ts";

/** Range of the slider; the field takes everything that the tables cover. */
const SLIDER_keV = [5, 100] as const;

/** Plan fields that this panel shows, and whose issues it shows at the field. */
export const GEOMETRY_FIELDS = [
  "beam.energy_keV",
  "beam.wavelength",
  "reflection.hkl",
  "sample.thickness_um",
  "sample.height_um",
  "sample.width_um",
  "sample.up",
  "sample.exit",
  "beamExit",
  "instrument",
] as const;

export function geometryInputs(store: Store, state: ReadonlySignal<LastGood<Geometry>>): readonly HTMLElement[] {
  const issues = computed(() => state.value.issues);
  const energyOps = (energy_keV: number) => [{ path: ["beam", "energy_keV"], value: energy_keV }];
  const slider = logSlider({
    label: "Energy slider in keV",
    min: SLIDER_keV[0],
    max: SLIDER_keV[1],
    onDrag: (energy_keV) => store.preview(energyOps(energy_keV)),
    onRelease: (energy_keV) => store.edit("Change energy", energyOps(energy_keV)),
    describe: (energy_keV) => `${format.significant(energy_keV, 3)} keV`,
  });
  effect(() => slider.show(store.plan.value.beam.energy_keV));

  const up = directionInput(store, issues, {
    label: "Up",
    path: ["sample", "up"],
    hint: "What points along the sample's z.",
  });
  const exit = directionInput(store, issues, {
    label: "Exit face",
    path: ["sample", "exit"],
    hint: "Normal of the face through which the beam leaves, the sample's x.",
  });
  const beam = directionInput(store, issues, {
    label: "Mean beam",
    path: ["beamExit"],
    hint: "Mean direction of the incident and the diffracted beam in the crystal.",
  });
  effect(() => {
    const geometry = state.value.value;
    if (geometry === null) return;
    showDefault(up, geometry.up, "Default: along Q.");
    showDefault(exit, geometry.exit, null);
    showDefault(beam, geometry.beamExit, "Default: as the exit face.");
  });

  return [
    section("Beam", energyInput(store, issues).element, slider.element, wavelengthInput(store, issues).element),
    section("Reflection and mount", hklInput(store, issues).element, up.element, exit.element, beam.element),
    section(
      "Sample",
      sampleLengthInput(store, issues, "thickness_um", "Thickness", "x, the exit normal").element,
      sampleLengthInput(store, issues, "width_um", "Width", "y").element,
      sampleLengthInput(store, issues, "height_um", "Height", "z, up").element,
    ),
    section("Goniometer", instrumentInput(store, issues).element),
  ];
}

function showDefault(
  input: { setPlaceholder(text: string): void; setNote(note: string | null): void },
  direction: MountDirection,
  note: string | null,
): void {
  input.setPlaceholder(direction.isDefault ? direction.text : "");
  input.setNote(direction.isDefault ? note : null);
}
