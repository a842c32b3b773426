import { Color } from "three";
import type { Role } from "../../../core/scene/index.ts";

/** Roles of core/scene, and the two lines that only a renderer draws. */
export type ColourName = Role | "ink" | "paper" | "stageEdge" | "atomOutline";
export type Theme = (name: ColourName) => Color;

/**
 * Colours of the theme as they are now: view.css maps each role to variables of the editor, and the browser resolves
 * them on a probe element.
 */
export function readTheme(container: HTMLElement): Theme {
  const known = new Map<ColourName, Color>();
  return (name) => {
    let colour = known.get(name);
    if (!colour) {
      const probe = document.createElement("span");
      probe.style.color = `var(--role-${name})`;
      container.append(probe);
      colour = parseColour(getComputedStyle(probe).color);
      probe.remove();
      known.set(name, colour);
    }
    return colour;
  };
}

/** Computed colours read `rgb(r, g, b)`, `rgba(...)` or, from a mix, `color(srgb r g b)` with parts of one. */
function parseColour(text: string): Color {
  const [r = 0.5, g = 0.5, b = 0.5] = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  const full = text.startsWith("color(") ? 1 : 255;
  return new Color().setRGB(r / full, g / full, b / full, "srgb");
}
