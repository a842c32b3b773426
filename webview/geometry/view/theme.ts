import { type ColourName, LIGHT_PALETTE, type Palette } from "../../../core/scene/index.ts";

/**
 * Colours of the theme as they are now: view.css maps each role to variables of the editor, and the browser resolves
 * them on a probe element.
 */
export function readPalette(container: HTMLElement): Palette {
  const probe = document.createElement("span");
  container.append(probe);
  const colours = Object.keys(LIGHT_PALETTE).map((name) => {
    probe.style.color = `var(--role-${name})`;
    return [name, hexOf(getComputedStyle(probe).color)] as const;
  });
  probe.remove();
  return Object.fromEntries(colours) as Record<ColourName, string>;
}

/** Computed colours read `rgb(r, g, b)`, `rgba(...)` or, from a mix, `color(srgb r g b)` with parts of one. */
function hexOf(text: string): string {
  const [r = 0.5, g = 0.5, b = 0.5] = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  const full = text.startsWith("color(") ? 255 : 1;
  const byte = (part: number): string =>
    Math.round(Math.max(0, Math.min(255, part * full)))
      .toString(16)
      .padStart(2, "0");
  return `#${byte(r)}${byte(g)}${byte(b)}`;
}
