import { effect, type ReadonlySignal } from "@preact/signals-core";
import {
  type Geometry,
  type GoniometerAxis,
  type GoniometerSolution,
  type InstrumentProfile,
  limitsOf,
} from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { LastGood } from "../shell/derived.ts";
import type { Store } from "../shell/store.ts";
import { isBoolean, type ViewState } from "../shell/viewState.ts";
import { disclosure } from "../ui/disclosure.ts";
import { element } from "../ui/dom.ts";
import { resultList, resultRow } from "../ui/results.ts";
import { section } from "../ui/section.ts";

const SENTENCES = {
  "within limits": "✓ Within the limits.",
  "within known limits": "✓ Within the limits that are known.",
  "no limits known": "? No limits of these motors are known, so none are checked.",
};

/** The numbers of the Geometry panel: the angles first, because they are what is driven to. */
export function geometryResults(
  store: Store,
  state: ReadonlySignal<LastGood<Geometry>>,
  viewState: ViewState,
): readonly HTMLElement[] {
  const twoTheta = resultRow("twoTheta", "2θ");
  const d = resultRow("d", "d", "Spacing of the planes");
  const Q = resultRow("Q", "|Q|");
  const wavelength = resultRow("wavelength", "λ");
  const transmission = resultRow("transmission", "At the centre");
  const mean = resultRow("transmissionMean", "Mean", "Over the volume that the beam illuminates");
  const range = resultRow("transmissionRange", "Least to most", "Over the volume that the beam illuminates");
  const way = resultRow("path", "Path in + out", "Through the centre of the sample");
  const faces = resultRow("faces", "Faces in → out", "Outward normals in the sample frame");
  const motors = element("div", { class: "motors" });
  const second = element("div", { class: "motors" });
  const both = disclosure("Second solution", second, (isOpen) => viewState.set("secondSolution", isOpen));
  if (viewState.get("secondSolution", isBoolean, false)) both.show(true);

  effect(() => {
    const geometry = state.value.value;
    if (geometry === null) return;
    const { path } = geometry;
    twoTheta.show(format.angle(geometry.twoTheta_deg));
    d.show(`${format.fixed(geometry.d_A, 5)} Å`);
    Q.show(`${format.fixed((2 * Math.PI) / geometry.d_A, 5)} Å⁻¹`);
    wavelength.show(`${format.fixed(geometry.wavelength_A, 6)} Å`);
    transmission.show(format.percent(path.transmission));
    mean.show(format.percent(path.transmissionMean));
    range.show(`${format.percent(path.transmissionMin)} – ${format.percent(path.transmissionMax)}`);
    way.show(`${format.length(path.in_um)} + ${format.length(path.out_um)}`);
    faces.show(`${signed(path.entryFace)} → ${signed(path.exitFace)}`);
  });
  effect(() => {
    const geometry = state.value.value;
    const profile = store.instrument.value.value;
    if (geometry === null || profile === null) return;
    const [first, other] = geometry.goniometer;
    motors.replaceChildren(...(first ? describeSolution(first, profile, "") : []));
    second.replaceChildren(...(other ? describeSolution(other, profile, "-2") : []));
    both.element.hidden = other === undefined;
  });

  return [
    section("Diffraction", resultList(twoTheta, d, Q, wavelength)),
    section("Motors", motors, both.element),
    section("Transmission", resultList(transmission, mean, range, way, faces)),
  ];
}

const signed = (face: string): string => face.replace("-", "\u2212");

const describeSense = ({ held_deg, sense }: GoniometerAxis): string =>
  held_deg === undefined ? sense : `held. ${sense}`;

/** The motors of one solution, with their senses in words at the first one; `suffix` tells the keys of its results from those of another. */
function describeSolution(
  solution: GoniometerSolution,
  profile: InstrumentProfile,
  suffix: string,
): readonly HTMLElement[] {
  const rows = solution.angles.map(({ axis, angle_deg }) => {
    const stage = profile.stack.find((candidate) => candidate.name === axis);
    const row = resultRow(`${axis}${suffix}`, axis);
    row.show(format.angle(angle_deg), suffix === "" && stage !== undefined ? describeSense(stage) : "");
    return row;
  });
  const limits = limitsOf(solution);
  const verdict = element("p", {
    class: limits === "beyond limits" ? "verdict is-bad" : "verdict",
    text: limits === "beyond limits" ? `✗ ${solution.violations.join(" ")}` : SENTENCES[limits],
    attributes: { "data-result": `limits${suffix}`, title: profile.limitsSource },
  });
  const lock = solution.gimbalLock === undefined ? [] : [element("p", { class: "remark", text: solution.gimbalLock })];
  return [resultList(...rows), verdict, ...lock];
}
