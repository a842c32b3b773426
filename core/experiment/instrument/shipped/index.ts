import { error, fail, ok, type Result } from "../../../util/index.ts";
import type { InstrumentProfile } from "../profile.ts";
import { aps6IdC } from "./aps6IdC.ts";
import { dfXrmViz } from "./dfXrmViz.ts";
import { esrfId03 } from "./esrfId03.ts";
import { template } from "./template.ts";

export const INSTRUMENTS: readonly InstrumentProfile[] = [esrfId03, aps6IdC, dfXrmViz, template];

export function instrumentById(id: string): Result<InstrumentProfile> {
  const profile = INSTRUMENTS.find((candidate) => candidate.id === id);
  if (profile) return ok(profile);
  const known = INSTRUMENTS.map((candidate) => candidate.id).join(", ");
  return fail(
    error(
      "plan/instrument",
      `There is no instrument "${id}"; known are ${known}, or give the path of a *.dfxrm-instrument.json file.`,
      { field: "instrument" },
    ),
  );
}
