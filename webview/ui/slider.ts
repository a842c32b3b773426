import { element } from "./dom.ts";

export interface SliderOptions {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** While it is dragged. */
  onDrag(value: number): void;
  /** When it is let go. */
  onRelease(value: number): void;
  /** What a screen reader says for a value. */
  describe(value: number): string;
}

export interface Slider {
  readonly element: HTMLElement;
  show(value: number): void;
}

const STEPS = 1000;

/** A slider on a logarithmic scale: equal ways are equal factors. */
export function logSlider(options: SliderOptions): Slider {
  const span = Math.log(options.max / options.min);
  const input = element("input", {
    class: "slider",
    attributes: { type: "range", min: "0", max: String(STEPS), step: "1", "aria-label": options.label },
  });
  const value = (): number => {
    const exact = options.min * Math.exp((Number(input.value) / STEPS) * span);
    return Number(exact.toPrecision(3));
  };
  let isDragged = false;
  const describe = (): void => input.setAttribute("aria-valuetext", options.describe(value()));
  input.addEventListener("input", () => {
    isDragged = true;
    describe();
    options.onDrag(value());
  });
  input.addEventListener("change", () => {
    isDragged = false;
    options.onRelease(value());
  });
  return {
    element: input,
    show: (present) => {
      if (isDragged || !(present > 0)) return;
      input.value = String(Math.round((Math.log(present / options.min) / span) * STEPS));
      describe();
    },
  };
}
