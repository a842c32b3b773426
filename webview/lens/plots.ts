import { computed, effect, type ReadonlySignal } from "@preact/signals-core";
import { focusCurve, type LensBox } from "../../core/experiment/index.ts";
import { format, linearTicks, logTicks, niceCeil, niceFloor } from "../../core/util/index.ts";
import { dataTable } from "../plot/dataTable.ts";
import { createPlot } from "../plot/plot.ts";
import type { Store } from "../shell/store.ts";
import { element } from "../ui/dom.ts";
import { section } from "../ui/section.ts";
import type { LensState } from "./deriveLens.ts";

/** M and d1 at the energies at which the lens is in focus. */
interface FocusCurve {
  readonly energies_keV: Float64Array;
  readonly M: Float64Array;
  readonly d1_mm: Float64Array;
}

function curveOf(box: LensBox, dTot_mm: number): FocusCurve {
  const points = focusCurve(box, dTot_mm);
  return {
    energies_keV: Float64Array.from(points, ({ energy_keV }) => energy_keV),
    M: Float64Array.from(points, ({ focus }) => focus.M),
    d1_mm: Float64Array.from(points, ({ focus }) => focus.d1_mm),
  };
}

/** Magnification and d1 against energy at the distance of the plan; a drag chooses the energy. */
export function focusPlots(store: Store, value: ReadonlySignal<LensState | null>): readonly HTMLElement[] {
  const box = computed(() => value.value?.box);
  const dTot_mm = computed(() => value.value?.found.dTot_mm);
  const curve = computed(() =>
    box.value === undefined || dTot_mm.value === undefined ? null : curveOf(box.value, dTot_mm.value),
  );
  return [
    focusPlot(store, value, curve, {
      title: "Magnification against energy",
      axis: "Magnification M",
      of: ({ M }) => M,
      chosen: ({ found }) => found.focus?.M,
      text: (M) => format.significant(M, 4),
    }),
    focusPlot(store, value, curve, {
      title: "d1 against energy",
      axis: "d1 (mm)",
      of: ({ d1_mm }) => d1_mm,
      chosen: ({ found }) => found.focus?.d1_mm,
      text: (d1_mm) => `${format.fixed(d1_mm, 1)} mm`,
    }),
  ];
}

interface Quantity {
  readonly title: string;
  readonly axis: string;
  of(curve: FocusCurve): Float64Array;
  chosen(state: LensState): number | undefined;
  text(value: number): string;
}

function focusPlot(
  store: Store,
  value: ReadonlySignal<LensState | null>,
  curve: ReadonlySignal<FocusCurve | null>,
  quantity: Quantity,
): HTMLElement {
  const ops = (energy_keV: number) => [{ path: ["beam", "energy_keV"], value: Number(energy_keV.toPrecision(4)) }];
  const plot = createPlot({
    label: `${quantity.title}; Enter takes the energy at the cursor`,
    x: {
      label: "Energy (keV)",
      isLogarithmic: false,
      ticks: (min, max) => linearTicks(min, max, 8).map((at) => ({ at, text: String(at) })),
    },
    y: { label: quantity.axis, isLogarithmic: true, ticks: logTicks },
    describe: (energy_keV, y) => `${format.significant(energy_keV, 4)} keV: ${quantity.text(y)}`,
    onDrag: (energy_keV) => store.preview(ops(energy_keV)),
    onChoose: (energy_keV) => store.edit("Change energy", ops(energy_keV)),
  });
  const table = dataTable(quantity.title, ["Energy (keV)", quantity.axis], () => {
    const shown = curve.peek();
    if (shown === null) return [];
    const step = Math.ceil(shown.energies_keV.length / 25);
    return [...shown.energies_keV].flatMap((energy_keV, i) =>
      i % step === 0 ? [[format.fixed(energy_keV, 3), quantity.text(quantity.of(shown)[i] ?? Number.NaN)]] : [],
    );
  });
  const none = element("p", { class: "remark", text: "The lens is in focus at no energy at this distance." });
  effect(() => {
    const shown = curve.value;
    const state = value.value;
    if (shown === null || state === null) return;
    const isEmpty = shown.energies_keV.length < 2;
    plot.element.hidden = isEmpty;
    none.hidden = !isEmpty;
    table.update();
    if (isEmpty) return;
    const y = quantity.of(shown);
    const highest = Math.max(...y);
    const chosen = quantity.chosen(state);
    const { energy_keV } = state.found;
    const xRange = [shown.energies_keV[0]!, shown.energies_keV.at(-1)!] as const;
    plot.show({
      x: shown.energies_keV,
      y,
      xRange,
      // d1 goes to nothing at the lowest energy: three decades tell enough.
      yRange: [niceFloor(Math.max(Math.min(...y), highest / 1000)), niceCeil(highest)],
      marks: {
        lines: [],
        chosen: {
          x: energy_keV,
          y: chosen ?? Number.NaN,
          label:
            chosen === undefined
              ? `${Number(energy_keV.toPrecision(5))} keV: no focus`
              : `${Number(energy_keV.toPrecision(5))} keV: ${quantity.text(chosen)}`,
        },
      },
    });
  });
  return section(quantity.title, plot.element, none, table.element);
}
