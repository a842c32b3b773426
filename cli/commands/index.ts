import type { Command } from "../command.ts";
import { attenuation } from "./attenuation.ts";
import { check } from "./check.ts";
import { exportPlan } from "./export.ts";
import { geometry } from "./geometry.ts";
import { lens } from "./lens.ts";
import { plan } from "./plan.ts";
import { reflections } from "./reflections.ts";
import { structure } from "./structure.ts";

/** What `df-xrm` can do, by the name of the command. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  check,
  structure,
  attenuation,
  reflections,
  geometry,
  lens,
  plan,
  export: exportPlan,
};
