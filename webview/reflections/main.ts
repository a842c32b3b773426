import { computed, effect, signal } from "@preact/signals-core";
import { equivalentReflections, laueOperations } from "../../core/crystal/index.ts";
import { reflectionTable } from "../../core/experiment/index.ts";
import { format } from "../../core/util/index.ts";
import "../shell/shell.css";
import { fromCrystalAndPlan, lastGood } from "../shell/derived.ts";
import { panelLayout } from "../shell/layout.ts";
import { startPanel } from "../shell/panel.ts";
import { isFiniteNumber, isString } from "../shell/viewState.ts";
import { createGrid } from "../table/grid.ts";
import { element, setText } from "../ui/dom.ts";
import { energyInput, hklInput } from "../ui/planInputs.ts";
import { COLUMNS, DEFAULT_SORT, isSort, sortRows } from "./columns.ts";
import { readFilter } from "./filter.ts";
import "./reflections.css";
import { filterInput, twoThetaMaxInput } from "./viewInputs.ts";

const DEFAULT_TWO_THETA_MAX_deg = 45;

startPanel("reflections", (root, { store, viewState }) => {
  const twoThetaMax_deg = signal(viewState.get("twoThetaMax_deg", isFiniteNumber, DEFAULT_TWO_THETA_MAX_deg));
  const filterText = signal(viewState.get("filter", isString, ""));
  const sort = signal(viewState.get("sort", isSort, DEFAULT_SORT));
  effect(() => viewState.set("twoThetaMax_deg", twoThetaMax_deg.value));
  effect(() => viewState.set("filter", filterText.value));
  effect(() => viewState.set("sort", sort.value));

  const energy_keV = computed(() => store.plan.value.beam.energy_keV);
  const table = lastGood(
    fromCrystalAndPlan(store, (crystal) =>
      reflectionTable(crystal, { energy_keV: energy_keV.value, twoThetaMax_deg: twoThetaMax_deg.value }),
    ),
  );
  const issues = computed(() => table.value.issues);
  const filter = computed(() => {
    const crystal = store.lastCrystal.value;
    return crystal === null ? null : readFilter(filterText.value, crystal);
  });
  const rows = computed(() => {
    const all = table.value.value ?? [];
    const keep = filter.value;
    return sortRows(keep?.ok ? all.filter(keep.value) : all, sort.value);
  });
  const chosen = computed(() => {
    const hkl = store.hkl.value;
    const crystal = store.lastCrystal.value;
    if (hkl === null || crystal === null) return null;
    const own = new Set(equivalentReflections(hkl, laueOperations(crystal.spaceGroup)).map(String));
    return rows.value.find((row) => own.has(String(row.hkl))) ?? null;
  });

  const grid = createGrid({
    label: "Reflections",
    columns: COLUMNS,
    onChoose: ({ hkl }) => store.edit("Choose reflection", [{ path: ["reflection"], value: { hkl } }]),
    onSort: (next) => {
      sort.value = next;
    },
  });
  const count = element("p", { class: "count", attributes: { role: "status", "data-result": "count" } });
  const empty = element("p", { class: "empty" });
  effect(() => grid.show({ rows: rows.value, sort: sort.value, chosen: chosen.value }));
  effect(() => {
    const all = table.value.value?.length ?? 0;
    const shown = rows.value.length;
    setText(count, shown === all ? `${all} reflections` : `${shown} of ${all} reflections`);
    empty.hidden = shown > 0 || table.value.value === null;
    setText(
      empty,
      all === 0
        ? `No reflection below 2θ = ${format.significant(twoThetaMax_deg.value, 4)}° at ${format.significant(energy_keV.value, 5)} keV: raise the energy or the largest 2θ.`
        : "No reflection passes the filter.",
    );
  });

  root.append(
    panelLayout("reflections", store, table, {
      inputs: [
        energyInput(store, issues).element,
        hklInput(store, issues).element,
        twoThetaMaxInput(twoThetaMax_deg, issues).element,
        filterInput(filterText, filter).element,
      ],
      results: [],
      picture: [count, empty, grid.element],
      fields: ["beam.energy_keV", "reflection.hkl", "twoThetaMax_deg"],
    }),
  );
});
