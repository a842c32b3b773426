import { effect, type ReadonlySignal } from "@preact/signals-core";
import { format, linearTicks, niceCeil } from "../../core/util/index.ts";
import { dataTable } from "../plot/dataTable.ts";
import { createPlot } from "../plot/plot.ts";
import type { Store } from "../shell/store.ts";
import { section } from "../ui/section.ts";
import type { Attenuation } from "./curve.ts";

const POINTS = 240;

/** Transmission straight through against thickness, with the planned thickness. */
export function transmissionPlot(store: Store, value: ReadonlySignal<Attenuation | null>): HTMLElement {
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
      label: "Transmission straight through (%)",
      isLogarithmic: false,
      ticks: (min, max) => linearTicks(min, max, 5).map((at) => ({ at, text: String(at) })),
    },
    describe: (thickness_um, transmission) => `${format.length(thickness_um)}: ${format.percent(transmission / 100)}`,
    onDrag: (thickness_um) => store.preview(ops(thickness_um)),
    onChoose: (thickness_um) => store.edit("Change thickness", ops(thickness_um)),
  });
  const table = dataTable("Transmission against thickness", ["Thickness (µm)", "Transmission"], () => {
    const shown = value.peek();
    if (shown === null) return [];
    const { x, y } = curve(shown, 20);
    return Array.from(x, (thickness_um, i) => [format.significant(thickness_um, 4), format.percent((y[i] ?? 0) / 100)]);
  });
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { x, y, end_um } = curve(shown, POINTS);
    const { thickness_um, transmission } = shown;
    plot.show({
      x,
      y,
      xRange: [0, end_um],
      yRange: [0, 100],
      marks: {
        lines: [{ x: shown.attenuationLength_um, label: "1/e" }],
        chosen: {
          x: thickness_um,
          y: transmission * 100,
          label: `${format.length(thickness_um, 3)}: ${format.percent(transmission)}`,
        },
      },
    });
    table.update();
  });
  return section("Transmission against thickness", plot.element, table.element);
}

function curve({ attenuationLength_um, thickness_um }: Attenuation, points: number) {
  const end_um = niceCeil(Math.max(1.2 * thickness_um, 3 * attenuationLength_um));
  const x = Float64Array.from({ length: points + 1 }, (_, i) => (end_um * i) / points);
  const y = x.map((thickness) => 100 * Math.exp(-thickness / attenuationLength_um));
  return { x, y, end_um };
}
