import { readFileSync } from "node:fs";
import { parseCif } from "../../core/cif/index.ts";
import { crystalFromCif } from "../../core/crystal/index.ts";
import { deriveGeometry, instrumentById, parsePlanText } from "../../core/experiment/index.ts";
import {
  buildScene,
  cameraOfView,
  DEFAULT_SCENE_OPTIONS,
  LIGHT_PALETTE,
  layoutPicture,
  sceneToSvg,
} from "../../core/scene/index.ts";
import type { Result } from "../../core/util/index.ts";
import { inRoot } from "./paths.ts";

const SIZE = { width: 760, height: 420 };

/** docs/frames.svg: sample, beams and both frames of the example plan, turned off its symmetric position by its motors. */
export function framesPicture(): string {
  const example = (name: string): string => readFileSync(inRoot("examples", name), "utf8");
  const plan = given(parsePlanText(example("LiNbO3.dfxrm.json")));
  const crystal = given(crystalFromCif(parseCif(example(plan.cif.path))));
  const instrument = given(instrumentById(plan.instrument));
  const geometry = given(deriveGeometry(plan, crystal, plan.reflection?.hkl ?? [0, 0, 6], instrument));
  const shown = {
    ...DEFAULT_SCENE_OPTIONS.shown,
    structure: false,
    goniometer: false,
    lens: false,
    detectorView: false,
  };
  const scene = buildScene({ plan, crystal, geometry, instrument, options: { ...DEFAULT_SCENE_OPTIONS, shown } });
  return sceneToSvg(scene, cameraOfView(scene, "home", layoutPicture(SIZE.width, SIZE.height)), SIZE, LIGHT_PALETTE, {
    title: "Frames of the lab and of the sample",
    description:
      "Lab: X along the beam, Y to the left, Z up. Sample: x along the normal of the exit face, z up, y = z × x.",
  });
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.issues[0]?.message);
  return result.value;
}
