import { effect, type ReadonlySignal } from "@preact/signals-core";
import type { SceneOptions } from "../../core/scene/index.ts";
import { format } from "../../core/util/index.ts";
import { element, setAttributes, setText } from "../ui/dom.ts";
import { toggleTool, tool } from "./menu.ts";

const ROCK_deg = 1;
const ROCK_STEPS = 200;
const TURN_deg = 90;

export interface TurnActions {
  rock(angle_deg: number): void;
  /** The sample about Q, by this much from where it was. */
  turn(angle_deg: number): void;
  turnDone(): void;
}

/** The rocking of the goniometer, which is seen only here, and the azimuth about Q, which is an edit of the plan. */
export function turnMenu(
  options: ReadonlySignal<SceneOptions>,
  dragTurns: { get(): boolean; set(isOn: boolean): void },
  actions: TurnActions,
): readonly Node[] {
  const rock = range("Rocking in degrees from the Bragg condition", -ROCK_STEPS, ROCK_STEPS);
  const rocked = element("output", { class: "amount" });
  rock.addEventListener("input", () => actions.rock((Number(rock.value) / ROCK_STEPS) * ROCK_deg));
  effect(() => {
    const { rocking_deg } = options.value;
    rock.value = String(Math.round((rocking_deg / ROCK_deg) * ROCK_STEPS));
    setAttributes(rock, { "aria-valuetext": `${format.fixed(rocking_deg, 3)} degrees` });
    setText(rocked, signed(rocking_deg, 3));
  });
  const turn = range("Turn of the sample about Q in degrees", -TURN_deg * 4, TURN_deg * 4);
  const turned = element("output", { class: "amount" });
  const showTurn = (angle_deg: number): void => {
    setAttributes(turn, { "aria-valuetext": `${format.fixed(angle_deg, 2)} degrees` });
    setText(turned, signed(angle_deg, 2));
  };
  showTurn(0);
  turn.addEventListener("input", () => {
    const angle_deg = Number(turn.value) / 4;
    showTurn(angle_deg);
    actions.turn(angle_deg);
  });
  turn.addEventListener("change", () => {
    actions.turnDone();
    turn.value = "0";
    showTurn(0);
  });
  const drag = toggleTool(
    "Drag turns the sample",
    (isOn) => {
      dragTurns.set(isOn);
      drag.show(isOn);
    },
    "A drag in the picture turns the sample about Q instead of the picture; Alt+drag does so always.",
  );
  drag.show(dragTurns.get());
  return [
    element("h3", { text: "Rock about the reflection" }),
    element("p", { class: "remark", text: "Only seen here; the plan stays." }),
    element(
      "div",
      { class: "range-row" },
      rock,
      rocked,
      tool("Peak", () => actions.rock(0), "Back to the Bragg condition"),
    ),
    element("h3", { text: "Turn the sample about Q" }),
    element("p", { class: "remark", text: "Changes the mean beam of the plan when it is let go." }),
    element("div", { class: "range-row" }, turn, turned),
    drag.element,
  ];
}

const signed = (angle_deg: number, digits: number): string =>
  `${angle_deg > 0 ? "+" : ""}${format.fixed(angle_deg, digits)}°`;

const range = (label: string, min: number, max: number): HTMLInputElement =>
  element("input", {
    class: "range",
    attributes: { type: "range", min: String(min), max: String(max), step: "1", value: "0", "aria-label": label },
  });
