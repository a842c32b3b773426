import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import {
  countsInFocus,
  energiesForMagnification,
  type LensBox,
  placeForMagnification,
} from "../../core/experiment/index.ts";
import { error, format, radians } from "../../core/util/index.ts";
import type { Store } from "../shell/store.ts";
import { isFiniteNumber, type ViewState } from "../shell/viewState.ts";
import { button } from "../ui/button.ts";
import { element } from "../ui/dom.ts";
import { textInput } from "../ui/field.ts";
import { readNumber } from "../ui/quantity.ts";
import { resultList, resultRow } from "../ui/results.ts";
import { section } from "../ui/section.ts";
import type { LensState } from "./deriveLens.ts";

const mm = (value: number): string => `${format.fixed(value, 1)} mm`;

/** The questions the other way round: which distance, energy or number of lenslets gives a wanted magnification. */
export function wantedMagnification(
  store: Store,
  value: ReadonlySignal<LensState | null>,
  viewState: ViewState,
): HTMLElement {
  const wanted = signal(viewState.get("wantedM", isFiniteNumber, 10));
  const field = "view.wantedM";
  const input = textInput(
    { label: "Wanted M", field, hint: "Magnification by the lens" },
    {
      commit: (text) => {
        const read = readNumber(text, "a magnification", field);
        const M = read.ok ? Math.abs(read.value) : 0;
        const message = read.ok ? "Give a magnification above 0." : (read.issues[0]?.message ?? "");
        input.setIssue(M > 0 ? null : error("lens/magnification", message, { field }));
        if (!(M > 0)) return;
        wanted.value = M;
        viewState.set("wantedM", M);
      },
      cancel: () => input.setIssue(null),
    },
  );
  effect(() => input.show(String(wanted.value)));

  const distance = resultRow("wantedDistance", "By distance");
  const energy = resultRow("wantedEnergy", "By energy");
  const counts = resultRow("countsInFocus", "Lenslets");
  let ops: { readonly distance_mm: number | null; readonly energy_keV: number | null };
  ops = { distance_mm: null, energy_keV: null };
  const takeDistance = button("Take this distance", () => {
    if (ops.distance_mm === null) return;
    store.edit("Change detector distance", [{ path: ["lens", "detectorDistance_mm"], value: ops.distance_mm }]);
  });
  const takeEnergy = button("Take this energy", () => {
    if (ops.energy_keV !== null) store.edit("Change energy", [{ path: ["beam", "energy_keV"], value: ops.energy_keV }]);
  });
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { box, found } = shown;
    const place = placeForMagnification(box, found.energy_keV, wanted.value);
    const horizontal_mm = place.ok ? place.value.dTot_mm * Math.cos(radians(found.twoTheta_deg)) : null;
    distance.show(
      horizontal_mm === null || !place.ok ? "none" : mm(horizontal_mm),
      horizontal_mm === null || !place.ok
        ? (place.issues[0]?.message ?? "")
        : `d tot′, with d1 ${mm(place.value.d1_mm)}, at this energy`,
    );
    const energies = energiesForMagnification(box, found.dTot_mm, wanted.value);
    const energy_keV = (energies.ok ? energies.value.at(-1) : undefined) ?? null;
    energy.show(
      energy_keV === null ? "none" : `${format.fixed(energy_keV, 3)} keV`,
      energy_keV === null ? "from 1 to 150 keV, at this distance" : "at this distance and 2θ",
    );
    showCounts(counts, box, found);
    ops = {
      distance_mm: horizontal_mm === null ? null : Number(horizontal_mm.toFixed(3)),
      energy_keV: energy_keV === null ? null : Number(energy_keV.toPrecision(7)),
    };
    takeDistance.toggleAttribute("disabled", ops.distance_mm === null);
    takeEnergy.toggleAttribute("disabled", ops.energy_keV === null);
  });
  return section(
    "Other way round",
    input.element,
    resultList(distance, energy, counts),
    element("div", { class: "take-buttons" }, takeDistance, takeEnergy),
  );
}

/** Which numbers of lenslets of the longest series are in focus at this energy and distance. */
function showCounts(row: ReturnType<typeof resultRow>, box: LensBox, found: LensState["found"]): void {
  const longest = box.series.reduce((best, { count }, i) => (count > box.series[best]!.count ? i : best), 0);
  const result = countsInFocus(box, longest, found);
  const inFocus = result.ok ? result.value.filter(({ focus }) => focus.M > 0) : [];
  const [first, last] = [inFocus[0], inFocus.at(-1)];
  const present = box.series[longest]!.count;
  const series = box.series.length > 1 ? ` in series ${longest + 1}` : "";
  if (first === undefined || last === undefined) {
    row.show("none", `no number of lenslets${series} up to 300 is in focus`);
    return;
  }
  row.show(
    `${first.count} to ${last.count}`,
    `${series.trim() === "" ? "" : `${series.trim()}, `}now ${present}, are in focus: M ${format.significant(first.focus.M, 3)} to ${format.significant(last.focus.M, 3)}`,
  );
}
