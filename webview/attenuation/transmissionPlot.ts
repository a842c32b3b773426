import { effect, type ReadonlySignal } from "@preact/signals-core";
import { type Experiment, transmissionOfThickness } from "../../core/experiment/index.ts";
import { format, linearTicks, niceCeil } from "../../core/util/index.ts";
import { dataTable } from "../plot/dataTable.ts";
import { createPlot } from "../plot/plot.ts";
import type { LastGood } from "../shell/derived.ts";
import type { Store } from "../shell/store.ts";
import { element } from "../ui/dom.ts";
import { section } from "../ui/section.ts";
import type { Attenuation } from "./curve.ts";

const POINTS = 240;
/** Attenuation lengths beyond which nothing is left to see: a thicker sample lies to the right of the plot. */
const MOST_LENGTHS = 8;

/** Transmission against thickness, straight through and along the beams, with the planned and the best thickness. */
export function transmissionPlot(
  store: Store,
  value: ReadonlySignal<Attenuation | null>,
  experiment: ReadonlySignal<LastGood<Experiment>>,
): HTMLElement {
  const ops = (thickness_um: number) => [
    { path: ["sample", "thickness_um"], value: Math.max(Number(thickness_um.toPrecision(3)), 0.001) },
  ];
  const plot = createPlot({
    label: "Transmission against thickness; Enter takes the thickness at the cursor",
    x: {
      label: "Thickness (µm)",
      isLogarithmic: false,
      ticks: (min, max) => linearTicks(min, max, 8).map((at) => ({ at, text: String(at) })),
    },
    y: {
      label: "Transmission (%)",
      isLogarithmic: false,
      ticks: (min, max) => linearTicks(min, max, 5).map((at) => ({ at, text: String(at) })),
    },
    hasSecond: true,
    describe: (thickness_um, transmission, along) =>
      `${format.length(thickness_um)}: ${format.percent(transmission / 100)}${along === undefined || Number.isNaN(along) ? "" : `, along the beams ${format.percent(along / 100)}`}`,
    onDrag: (thickness_um) => store.preview(ops(thickness_um)),
    onChoose: (thickness_um) => store.edit("Change thickness", ops(thickness_um)),
  });
  const table = dataTable(
    "Transmission against thickness",
    ["Thickness (µm)", "Straight through", "Along the beams"],
    () => {
      const shown = value.peek();
      if (shown === null) return [];
      const { x, y } = curve(shown, 20);
      const along = alongTheBeams(store, experiment.peek(), x);
      return Array.from(x, (thickness_um, i) => [
        format.significant(thickness_um, 4),
        format.percent((y[i] ?? 0) / 100),
        along === null ? "unknown" : format.percent((along[i] ?? 0) / 100),
      ]);
    },
  );
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { x, y, end_um } = curve(shown, POINTS);
    const { thickness_um, transmission } = shown;
    const best_um = experiment.value.value?.attenuation.optimumThickness_um ?? null;
    plot.show({
      x,
      y,
      second: alongTheBeams(store, experiment.value, x),
      xRange: [0, end_um],
      yRange: [0, 100],
      marks: {
        lines: best_um === null ? [] : [{ x: best_um, label: `most signal ${format.length(best_um, 3)}` }],
        chosen: {
          x: thickness_um,
          y: transmission * 100,
          label: `${format.length(thickness_um, 3)}: ${format.percent(transmission)}`,
        },
      },
    });
    table.update();
  });
  return section("Transmission against thickness", legend(), plot.element, table.element);
}

/** What the two curves are; the dashes tell them apart without colours. */
const legend = (): HTMLElement =>
  element(
    "p",
    { class: "legend" },
    element("span", { class: "key is-solid", text: "straight through" }),
    element("span", { class: "key is-dashed", text: "in and out along the beams" }),
  );

/** In percent; null while the beams are not known. */
function alongTheBeams(
  store: Store,
  { value, isStale }: LastGood<Experiment>,
  thicknesses_um: Float64Array,
): Float64Array | null {
  if (value === null || isStale) return null;
  const { geometry, attenuation } = value;
  const transmission = transmissionOfThickness(store.plan.peek(), geometry, attenuation.attenuationCoefficient_per_um);
  return thicknesses_um.map((thickness_um) => 100 * transmission(thickness_um));
}

function curve({ attenuationLength_um, thickness_um }: Attenuation, points: number) {
  const end_um = niceCeil(
    Math.max(3 * attenuationLength_um, Math.min(1.2 * thickness_um, MOST_LENGTHS * attenuationLength_um)),
  );
  const x = Float64Array.from({ length: points + 1 }, (_, i) => (end_um * i) / points);
  const y = x.map((thickness) => 100 * Math.exp(-thickness / attenuationLength_um));
  return { x, y, end_um };
}
