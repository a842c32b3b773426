import { effect, type ReadonlySignal } from "@preact/signals-core";
import type { Geometry } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { LastGood } from "../shell/derived.ts";
import { element } from "../ui/dom.ts";

/** What is asked first, in one line that needs no scrolling: which reflection, where to drive, how much comes through. */
export function geometryHeadline(state: ReadonlySignal<LastGood<Geometry>>): HTMLElement {
  const line = element("p", { class: "headline", attributes: { role: "status", "data-result": "headline" } });
  effect(() => {
    const geometry = state.value.value;
    if (geometry !== null) line.replaceChildren(...parts(geometry).map((part) => element("span", part)));
  });
  return line;
}

function parts({ hkl, twoTheta_deg, goniometer, path }: Geometry): readonly { text: string; class?: string }[] {
  const [solution] = goniometer;
  const motors = solution?.angles.map(({ axis, angle_deg }) => `${axis} ${format.angle(angle_deg)}`) ?? [];
  return [
    { text: `(${format.millerIndices(hkl)})`, class: "headline-strong" },
    { text: `2θ ${format.angle(twoTheta_deg)}`, class: "headline-strong" },
    { text: motors.join("  ") },
    solution?.withinLimits ? { text: "✓ within limits" } : { text: "✗ beyond limits", class: "headline-bad" },
    { text: `transmission ${format.percent(path.transmissionMean)}` },
  ];
}
