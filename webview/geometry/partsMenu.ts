import { effect, type ReadonlySignal } from "@preact/signals-core";
import type { Crystal } from "../../core/crystal/index.ts";
import type { BondLimits, SceneOptions, Toggle } from "../../core/scene/index.ts";
import { format } from "../../core/util/index.ts";
import { element, setAttributes } from "../ui/dom.ts";
import { readNumber } from "../ui/quantity.ts";
import { tool } from "./menu.ts";

const NAMES: readonly (readonly [Toggle, string])[] = [
  ["sample", "Sample"],
  ["illuminated", "Illuminated volume"],
  ["structure", "Structure beside"],
  ["structureInside", "Structure inside"],
  ["bonds", "Bonds"],
  ["polyhedra", "Polyhedra"],
  ["latticePlanes", "Lattice planes"],
  ["beams", "Beams"],
  ["vectors", "k₀, kₕ, Q, 2θ"],
  ["lens", "Lens and detector"],
  ["goniometer", "Goniometer"],
  ["frames", "Frames"],
  ["detectorView", "Detector's view"],
  ["labels", "Labels"],
];

export interface PartsMenu {
  readonly content: readonly Node[];
}

/** What is shown, between which atoms bonds are drawn, and which of the goniometer's solutions. */
export function partsMenu(
  options: ReadonlySignal<SceneOptions>,
  crystal: ReadonlySignal<Crystal | null>,
  solutions: ReadonlySignal<number>,
  actions: {
    toggle(name: Toggle, isShown: boolean): void;
    change(part: Partial<SceneOptions>): void;
    reset(): void;
  },
): readonly Node[] {
  const boxes = NAMES.map(([name, text]) => {
    const box = element("input", { attributes: { type: "checkbox", "data-toggle": name } });
    box.addEventListener("change", () => actions.toggle(name, box.checked));
    effect(() => {
      box.checked = options.value.shown[name];
    });
    return element("label", { class: "check" }, box, text);
  });
  const changeBonds = (bonds: Partial<BondLimits>): void =>
    actions.change({ bonds: { ...options.peek().bonds, ...bonds } });
  const factor = numberInput("Bond limit as a multiple of the covalent radii", (value) =>
    changeBonds({ factor: value }),
  );
  effect(() => factor.show(String(options.value.bonds.factor)));
  const pairs = element("div", { class: "bond-pairs" });
  const setPair = (elements: readonly [string, string], longest_A: number | null): void => {
    const others = options.peek().bonds.pairs.filter((pair) => !isSamePair(pair.elements, elements));
    changeBonds({ pairs: longest_A === null ? others : [...others, { elements, longest_A }] });
  };
  effect(() => {
    const symbols = Object.keys(crystal.value?.contents ?? {}).slice(0, MOST_ELEMENTS);
    pairs.replaceChildren(
      ...symbols.flatMap((a, i) =>
        symbols.slice(i).map((b) => {
          const name = `${a}–${b}`;
          const input = numberInput(
            `Longest bond ${name} in Å`,
            (value) => setPair([a, b], value),
            () => setPair([a, b], null),
          );
          const given = options.peek().bonds.pairs.find((pair) => isSamePair(pair.elements, [a, b]));
          input.show(given === undefined ? "" : format.significant(given.longest_A, 4));
          input.element.placeholder = "rule";
          return element("label", { class: "pair" }, name, input.element);
        }),
      ),
    );
  });
  const solution = element("div", {
    class: "choices",
    attributes: { role: "group", "aria-label": "Goniometer solution" },
  });
  effect(() => {
    const count = solutions.value;
    const chosen = Math.min(options.value.solution, Math.max(0, count - 1));
    solution.hidden = count < 2;
    solution.replaceChildren(
      element("span", { text: "Goniometer solution" }),
      ...Array.from({ length: count }, (_, i) => {
        const choice = tool(String(i + 1), () => actions.change({ solution: i }));
        setAttributes(choice, { "aria-pressed": String(i === chosen), "aria-label": `Goniometer solution ${i + 1}` });
        return choice;
      }),
    );
  });
  return [
    element("div", { class: "checks" }, ...boxes),
    solution,
    element(
      "div",
      { class: "bond-rule" },
      element("label", {}, "Bonds up to ", factor.element, " × (r₁ + r₂), or in Å:"),
    ),
    pairs,
    tool("Show as at first", actions.reset),
  ];
}

/** With more elements than this the table of pairs would not be read. */
const MOST_ELEMENTS = 6;

const isSamePair = (x: readonly [string, string], y: readonly [string, string]): boolean =>
  (x[0] === y[0] && x[1] === y[1]) || (x[0] === y[1] && x[1] === y[0]);

function numberInput(
  label: string,
  onValue: (value: number) => void,
  onEmpty?: () => void,
): { readonly element: HTMLInputElement; show(text: string): void } {
  const input = element("input", {
    class: "number",
    attributes: { type: "text", inputmode: "decimal", "aria-label": label },
  });
  input.addEventListener("change", () => {
    if (input.value.trim() === "" && onEmpty) {
      setAttributes(input, { "aria-invalid": undefined });
      onEmpty();
      return;
    }
    const value = readNumber(input.value, "a limit", "bonds");
    const isGood = value.ok && value.value >= 0 && value.value <= 20;
    setAttributes(input, { "aria-invalid": isGood ? undefined : "true" });
    if (isGood) onValue(value.value);
  });
  return {
    element: input,
    show: (text) => {
      if (document.activeElement !== input) input.value = text;
    },
  };
}
