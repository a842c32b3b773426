import type { Crystal } from "../crystal/index.ts";
import { format, HC_keV_A, linearTicks, logTicks, niceCeil, niceFloor, type Tick } from "../util/index.ts";
import { attenuationCurve, attenuationLength_um, edgesOf } from "../xray/index.ts";
import type { Picture, Point } from "./picture.ts";
import { plotPicture } from "./plotPicture.ts";

const USUAL_keV = [5, 80] as const;
const POINTS = 300;
/** The two sides of an edge: near enough to be one line on the page, far enough to be two energies. */
const EDGE_SIDE = 1e-7;
const WAVELENGTHS_A = [5, 2, 1, 0.7, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.12, 0.1];
const THICKNESSES = 120;

/** Attenuation length against energy and transmission against thickness, as far as the energy has tables. */
export function attenuationPictures(crystal: Crystal, energy_keV: number, thickness_um: number): readonly Picture[] {
  const length = attenuationLength_um(crystal, energy_keV);
  if (!length.ok) return [];
  return [
    ...lengthPicture(crystal, energy_keV, length.value),
    transmissionPicture(energy_keV, thickness_um, length.value),
  ];
}

function lengthPicture(crystal: Crystal, energy_keV: number, length_um: number): readonly Picture[] {
  const range: readonly [number, number] = [Math.min(USUAL_keV[0], energy_keV), Math.max(USUAL_keV[1], energy_keV)];
  const edges = edgesOf(crystal).filter((edge) => edge.energy_keV > range[0] && edge.energy_keV < range[1]);
  const energies = [
    ...Array.from({ length: POINTS + 1 }, (_, i) => range[0] * (range[1] / range[0]) ** (i / POINTS)),
    ...edges.flatMap((edge) => [edge.energy_keV * (1 - EDGE_SIDE), edge.energy_keV * (1 + EDGE_SIDE)]),
  ]
    .map((energy) => Math.min(energy, range[1]))
    .sort((a, b) => a - b);
  const curve = attenuationCurve(crystal, energies);
  if (!curve.ok) return [];
  const points = energies.map((energy, i): Point => [energy, curve.value[i]!]);
  const values = points.map(([, y]) => y);
  const yRange: readonly [number, number] = [niceFloor(Math.min(...values)), niceCeil(Math.max(...values))];
  return [
    plotPicture({
      title: "Attenuation length against energy",
      x: { label: "Energy (keV)", range, isLogarithmic: false, ticks: ticksOf(range, 8) },
      top: { label: "Wavelength (Å)", ticks: wavelengthTicks(range) },
      y: { label: "Attenuation length (µm)", range: yRange, isLogarithmic: true, ticks: logTicks(...yRange) },
      curve: points,
      lines: edges.map((edge) => ({ x: edge.energy_keV, label: `${edge.element} ${edge.name}` })),
      chosen: {
        x: energy_keV,
        y: length_um,
        label: `${format.significant(energy_keV, 5)} keV: ${format.length(length_um)}`,
      },
    }),
  ];
}

function transmissionPicture(energy_keV: number, thickness_um: number, length_um: number): Picture {
  const end_um = niceCeil(Math.max(2 * thickness_um, 0.5 * length_um));
  const through = (thickness: number): number => 100 * Math.exp(-thickness / length_um);
  const range: readonly [number, number] = [0, end_um];
  return plotPicture({
    title: `Transmission straight through, at ${format.significant(energy_keV, 5)} keV`,
    x: { label: "Thickness (µm)", range, isLogarithmic: false, ticks: ticksOf(range, 8) },
    y: { label: "Transmission (%)", range: [0, 100], isLogarithmic: false, ticks: ticksOf([0, 100], 5) },
    curve: Array.from({ length: THICKNESSES + 1 }, (_, i): Point => {
      const thickness = (end_um * i) / THICKNESSES;
      return [thickness, through(thickness)];
    }),
    chosen: {
      x: thickness_um,
      y: through(thickness_um),
      label: `${format.length(thickness_um)}: ${format.percent(through(thickness_um) / 100)}`,
    },
  });
}

const ticksOf = ([min, max]: readonly [number, number], count: number): readonly Tick[] =>
  linearTicks(min, max, count).map((at) => ({ at, text: String(at) }));

/** Round wavelengths far enough from each other to be read. */
function wavelengthTicks([min, max]: readonly [number, number]): readonly Tick[] {
  const gap_keV = (max - min) / 15;
  return WAVELENGTHS_A.reduce<Tick[]>((ticks, wavelength) => {
    const at = HC_keV_A / wavelength;
    const before = ticks.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    if (at >= min && at <= max && at - before >= gap_keV) ticks.push({ at, text: String(wavelength) });
    return ticks;
  }, []);
}
