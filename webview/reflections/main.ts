import { computed, effect, signal } from "@preact/signals-core";
import { equivalentReflections, laueOperations } from "../../core/crystal/index.ts";
import { isOrientationGiven, type SurveyRow } from "../../core/experiment/index.ts";
import { format, ok } from "../../core/util/index.ts";
import "../shell/shell.css";
import { fromCrystalAndPlan } from "../shell/derived.ts";
import { panelLayout } from "../shell/layout.ts";
import { startPanel } from "../shell/panel.ts";
import { isBoolean, isFiniteNumber, isString } from "../shell/viewState.ts";
import { createGrid, type GridOptions } from "../table/grid.ts";
import { element, setText } from "../ui/dom.ts";
import { energyInput, hklInput, wavelengthInput } from "../ui/planInputs.ts";
import { columnMenu } from "./columnMenu.ts";
import { DEFAULT_SORT, isSort, sortRows } from "./columns.ts";
import { details } from "./details.ts";
import { readFilter } from "./filter.ts";
import "./reflections.css";
import { surveyTable } from "./surveyTable.ts";
import { createSurveyWorker } from "./surveyWorker.ts";
import { toolbar } from "./toolbar.ts";
import { filterInput, twoThetaMaxInput } from "./viewInputs.ts";

const DEFAULT_TWO_THETA_MAX_deg = 45;

startPanel("reflections", (root, { store, viewState }) => {
  const twoThetaMax_deg = signal(viewState.get("twoThetaMax_deg", isFiniteNumber, DEFAULT_TWO_THETA_MAX_deg));
  const filterText = signal(viewState.get("filter", isString, ""));
  const sort = signal(viewState.get("sort", isSort, DEFAULT_SORT));
  effect(() => viewState.set("twoThetaMax_deg", twoThetaMax_deg.value));
  effect(() => viewState.set("filter", filterText.value));
  const onlyReachable = signal(viewState.get("onlyReachable", isBoolean, false));
  effect(() => viewState.set("sort", sort.value));
  effect(() => viewState.set("onlyReachable", onlyReachable.value));

  const energy_keV = computed(() => store.plan.value.beam.energy_keV);
  const worker = createSurveyWorker();
  const table = surveyTable(
    fromCrystalAndPlan(store, (crystal, plan, instrument) =>
      ok({
        crystal,
        plan,
        instrument,
        lens: store.lens.value?.value ?? null,
        twoThetaMax_deg: twoThetaMax_deg.value,
      }),
    ),
    worker,
  );
  const issues = computed(() => table.value.issues);
  const filter = computed(() => {
    const crystal = store.lastCrystal.value;
    return crystal === null ? null : readFilter(filterText.value, crystal);
  });
  const rows = computed(() => {
    const all = (table.value.value ?? []).filter(({ reach }) => reach.reachable || !onlyReachable.value);
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

  const { element: columnsTool, columns } = columnMenu(viewState);
  const gridHolder = element("div", { class: "grid-holder" });
  const options: Omit<GridOptions<SurveyRow>, "columns"> = {
    label: "Reflections",
    onChoose: ({ hkl, reach }) =>
      store.edit("Choose reflection", [
        {
          path: ["reflection"],
          value: { hkl: isOrientationGiven(store.plan.peek()) && reach.reachable ? reach.hkl : hkl },
        },
      ]),
    onSort: (next) => {
      sort.value = next;
    },
  };
  const count = element("span", { attributes: { role: "status", "data-result": "count" } });
  const reached = element("span", { attributes: { role: "status", "data-result": "reachable" } });
  const empty = element("p", { class: "empty" });
  const grid = computed(() => createGrid({ ...options, columns: columns.value }));
  effect(() => gridHolder.replaceChildren(grid.value.element));
  effect(() => grid.value.show({ rows: rows.value, sort: sort.value, chosen: chosen.value }));
  effect(() => {
    const all = table.value.value?.length ?? 0;
    const shown = rows.value.length;
    const reachable = table.value.value?.filter(({ reach }) => reach.reachable).length ?? 0;
    const instrument = store.instrument.value.value?.name ?? "the instrument";
    setText(count, shown === all ? `${all} reflections` : `${shown} of ${all} reflections`);
    setText(
      reached,
      `${reachable} within reach of ${instrument}${isOrientationGiven(store.plan.value) ? "" : ", each in its own mount (Q along the axis of the instrument): the plan does not say which face is up"}.`,
    );
    empty.hidden = shown > 0 || table.value.value === null;
    setText(
      empty,
      all === 0
        ? `No reflection below 2θ = ${format.significant(twoThetaMax_deg.value, 4)}° at ${format.significant(energy_keV.value, 5)} keV: raise the energy or the largest 2θ.`
        : onlyReachable.value && filterText.value.trim() === ""
          ? "No reflection is within reach: the last column says which limit stops each."
          : "No reflection passes the filter.",
    );
  });

  root.append(
    panelLayout("reflections", store, table, {
      inputs: [
        energyInput(store, issues).element,
        wavelengthInput(store, issues).element,
        hklInput(store, issues).element,
        twoThetaMaxInput(twoThetaMax_deg, issues).element,
        filterInput(filterText, filter).element,
      ],
      results: [details({ store, chosen, worker, viewState })],
      picture: [
        toolbar({ sort, onlyReachable, rows, store, columns: columnsTool }),
        element("p", { class: "count" }, count, reached),
        empty,
        gridHolder,
      ],
      fields: ["beam.energy_keV", "beam.wavelength", "reflection.hkl", "twoThetaMax_deg"],
    }),
  );
});
