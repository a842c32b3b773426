import { format, radians } from "../../../util/index.ts";
import type { LensFocus } from "../focus.ts";
import { type LensBox, lensletCount } from "../lensBox.ts";
import { mm } from "./frame.ts";

/** What the figure shows, in sentences. */
export function describeLens(box: LensBox, found: LensFocus): string {
  const { focus, dL_mm, dTot_mm, twoTheta_deg, energy_keV, mountPoint, dTotMin_mm } = found;
  const projection = Math.cos(radians(twoTheta_deg));
  const both = (value: number): string => `${mm(value)} mm (${mm(value * projection)} mm along the incident beam)`;
  const start = `${box.name} (${lensletCount(box)} lenslets) at ${Number(energy_keV.toPrecision(6))} keV and 2θ ${format.angle(twoTheta_deg)}.`;
  if (focus === null) {
    const need = dTotMin_mm === null ? "The lens is too strong." : `It needs d tot of at least ${mm(dTotMin_mm)} mm.`;
    return `${start} No focus at d tot ${both(dTot_mm)}. ${need}`;
  }
  const mount = mountPoint ? ` Mount point at x ${mm(mountPoint.x_mm)} mm, y ${mm(mountPoint.y_mm)} mm.` : "";
  return (
    `${start} In focus: d1 ${both(focus.d1_mm)}, lens box ${both(dL_mm)}, d2 ${both(focus.d2_mm)}, ` +
    `d tot ${both(dTot_mm)}. Magnification ${format.fixed(focus.M, 3)}.${mount}`
  );
}
