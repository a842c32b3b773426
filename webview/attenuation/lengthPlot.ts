import { effect, type ReadonlySignal } from "@preact/signals-core";
import {
  format,
  HC_keV_A,
  linearTicks,
  logTicks,
  niceCeil,
  niceFloor,
  type Tick,
  wavelength_A,
} from "../../core/util/index.ts";
import { dataTable } from "../plot/dataTable.ts";
import { createPlot } from "../plot/plot.ts";
import type { Store } from "../shell/store.ts";
import { element, setText } from "../ui/dom.ts";
import { section } from "../ui/section.ts";
import type { Attenuation } from "./curve.ts";
import type { EnergyRange_keV } from "./range.ts";

/** Round wavelengths, the roundest first. */
const WAVELENGTHS_A = [1, 0.5, 0.2, 2, 0.3, 0.1, 5, 10, 0.15, 0.4, 0.7, 0.25, 1.5, 3, 0.12];

/** Round wavelengths that lie in a range of energies, far enough from each other to be read. */
function wavelengthTicks(min_keV: number, max_keV: number): readonly Tick[] {
  const gap_keV = (max_keV - min_keV) / 13;
  const ticks: Tick[] = [];
  for (const wavelength of WAVELENGTHS_A) {
    const at = HC_keV_A / wavelength;
    const isFree = ticks.every((tick) => Math.abs(tick.at - at) >= gap_keV);
    if (at >= min_keV && at <= max_keV && isFree) ticks.push({ at, text: String(wavelength) });
  }
  return ticks.sort((a, b) => a.at - b.at);
}

/** Attenuation length against energy, with the edges and the planned energy. */
export function lengthPlot(
  store: Store,
  value: ReadonlySignal<Attenuation | null>,
  range: ReadonlySignal<EnergyRange_keV>,
  best_keV: ReadonlySignal<number | null>,
): HTMLElement {
  const ops = (energy_keV: number) => [{ path: ["beam", "energy_keV"], value: Number(energy_keV.toPrecision(4)) }];
  const plot = createPlot({
    label: "Attenuation length against energy; Enter takes the energy at the cursor",
    x: {
      label: "Energy (keV)",
      isLogarithmic: false,
      ticks: (min, max) => linearTicks(min, max, 8).map((at) => ({ at, text: String(at) })),
    },
    top: { label: "Wavelength (Å)", ticks: wavelengthTicks },
    y: { label: "Attenuation length (µm)", isLogarithmic: true, ticks: logTicks },
    describe: (energy_keV, length_um) =>
      `${format.significant(energy_keV, 4)} keV (${format.significant(wavelength_A(energy_keV), 4)} Å): ${format.length(length_um, 3)}`,
    onDrag: (energy_keV) => store.preview(ops(energy_keV)),
    onChoose: (energy_keV) => store.edit("Change energy", ops(energy_keV)),
  });
  const table = dataTable(
    "Attenuation length against energy",
    ["Energy (keV)", "Wavelength (Å)", "Attenuation length (µm)"],
    () => {
      const shown = value.peek();
      return shown === null ? [] : tableRows(shown);
    },
  );
  const shading = element("p", { class: "legend" });
  effect(() => {
    const shown = value.value;
    if (shown === null) return;
    const { energies_keV, lengths_um, energy_keV, attenuationLength_um, edges } = shown;
    const best = best_keV.value;
    const instrument = store.instrument.value.value;
    const energyRange = instrument?.energyRange_keV ?? null;
    setText(
      shading,
      instrument === null || energyRange === null
        ? ""
        : `Shaded: ${instrument.name}, ${energyRange[0]} to ${energyRange[1]} keV`,
    );
    plot.show({
      x: energies_keV,
      y: lengths_um,
      xRange: [range.value[0], range.value[1]],
      yRange: [niceFloor(Math.min(...lengths_um)), niceCeil(Math.max(...lengths_um))],
      marks: {
        lines: [
          ...edges.map((edge) => ({ x: edge.energy_keV, label: `${edge.element} ${edge.name}` })),
          ...(best === null ? [] : [{ x: best, label: `most signal ${format.significant(best, 4)} keV` }]),
        ],
        bands: energyRange === null ? [] : [{ from: energyRange[0], to: energyRange[1] }],
        chosen: {
          x: energy_keV,
          y: attenuationLength_um,
          label: `${Number(energy_keV.toPrecision(5))} keV: ${format.length(attenuationLength_um, 3)}`,
        },
      },
    });
    table.update();
  });
  return section("Attenuation length against energy", shading, plot.element, table.element);
}

/** About thirty rows: every so many points of the curve, and both sides of each edge. */
function tableRows({ energies_keV, lengths_um, edges }: Attenuation): readonly (readonly string[])[] {
  const step = Math.ceil(energies_keV.length / 30);
  const isBesideEdge = (energy_keV: number): boolean =>
    edges.some((edge) => Math.abs(edge.energy_keV / energy_keV - 1) < 1e-6);
  const rows: string[][] = [];
  energies_keV.forEach((energy_keV, i) => {
    if (i % step !== 0 && !isBesideEdge(energy_keV)) return;
    const side = isBesideEdge(energy_keV) ? edgeSide(energy_keV, edges) : "";
    rows.push([
      `${format.fixed(energy_keV, 3)}${side}`,
      format.significant(wavelength_A(energy_keV), 5),
      format.significant(lengths_um[i] ?? Number.NaN, 4),
    ]);
  });
  return rows;
}

function edgeSide(energy_keV: number, edges: Attenuation["edges"]): string {
  const edge = edges.find((candidate) => Math.abs(candidate.energy_keV / energy_keV - 1) < 1e-6);
  return edge === undefined
    ? ""
    : ` (${energy_keV < edge.energy_keV ? "below" : "above"} ${edge.element} ${edge.name})`;
}
