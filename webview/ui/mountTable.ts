import type { OtherMount } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import { element } from "./dom.ts";

const AXES: Readonly<Record<OtherMount["about"], string>> = { up: "up", exit: "the exit normal", y: "y" };

/** What would be found if the crystal sat on the goniometer turned by mistake. */
export function mountTable(mounts: readonly OtherMount[]): HTMLElement {
  const head = ["If turned by", "In place then", "|F|", "Planned one at"].map((text) =>
    element("th", { text, attributes: { scope: "col" } }),
  );
  return element(
    "table",
    { class: "mount-table" },
    element("caption", { text: "If it is mounted otherwise" }),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...mounts.map(mountRow)),
  );
}

function mountRow({ about, angle_deg, hkl, F, looks, motors }: OtherMount): HTMLElement {
  const drive = motors?.angles.map(({ axis, angle_deg: at }) => `${axis} ${format.fixed(at, 2)}°`).join("  ");
  const seen = {
    same: "the same, by symmetry",
    alike: `(${format.millerIndices(hkl ?? [])}), cannot be told apart`,
    different: hkl === null ? "nothing" : `(${format.millerIndices(hkl)})`,
  }[looks];
  const cells = [seen, F === null ? "" : F === 0 ? "absent" : format.fixed(F, 1), drive ?? "cannot be found"];
  return element(
    "tr",
    {},
    element("th", { text: `${format.fixed(angle_deg, 0)}° about ${AXES[about]}`, attributes: { scope: "row" } }),
    ...cells.map((text) => element("td", { text })),
  );
}
