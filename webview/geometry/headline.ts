import { effect, type ReadonlySignal } from "@preact/signals-core";
import { type Geometry, limitsOf } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import type { LastGood } from "../shell/derived.ts";
import { element } from "../ui/dom.ts";

/** What is asked first, in one line that needs no scrolling: which reflection, where to drive, how much comes through. */
export function geometryHeadline(state: ReadonlySignal<LastGood<Geometry>>): HTMLElement {
  const line = element("p", { class: "headline", attributes: { role: "status", "data-result": "headline" } });
  effect(() => {
    const geometry = state.value.value;
    if (geometry !== null) line.replaceChildren(...spaced(parts(geometry)));
  });
  return line;
}

/** With spaces between, for those who hear or copy the line. */
const spaced = (parts: readonly HTMLElement[]): readonly (HTMLElement | string)[] =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [" ", part]));

const SIGNS = { "within limits": "✓", "within known limits": "✓", "no limits known": "?", "beyond limits": "✗" };

/** In a small panel motors that stay at zero, and words that a sign says, are left out. */
function parts({ hkl, twoTheta_deg, goniometer, path }: Geometry): readonly HTMLElement[] {
  const [solution] = goniometer;
  const part = (text: string, name?: string): HTMLElement =>
    element("span", { text, ...(name !== undefined && { class: name }) });
  const words = solution === undefined ? "beyond limits" : limitsOf(solution);
  const limits = element(
    "span",
    words === "beyond limits" ? { class: "headline-bad" } : {},
    SIGNS[words],
    part(` ${words}`, "headline-word"),
  );
  const isZero = ({ angle_deg }: { readonly angle_deg: number }): boolean => format.angle(angle_deg) === ZERO;
  const angles = solution?.angles ?? [];
  const motors = angles.map((motor) =>
    part(`${motor.axis} ${format.angle(motor.angle_deg)}`, isZero(motor) ? "headline-zero" : undefined),
  );
  // The sign stays with the last motor that a small panel shows.
  const last = Math.max(
    0,
    angles.findLastIndex((motor) => !isZero(motor)),
  );
  return [
    part(`(${format.millerIndices(hkl)})`, "headline-strong"),
    part(`2θ ${format.angle(twoTheta_deg)}`, "headline-strong"),
    ...motors.slice(0, last),
    element("span", { class: "headline-end" }, ...spaced([...motors.slice(last), limits])),
    part(`transmission ${format.percent(path.transmissionMean)}`, "headline-more"),
  ];
}

const ZERO = format.angle(0);
