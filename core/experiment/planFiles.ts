import type { Result } from "../util/index.ts";
import { type InstrumentProfile, instrumentById, parseInstrument } from "./instrument/index.ts";
import type { LensBox } from "./lens/lensBox.ts";
import { readLens } from "./lens/readLens.ts";
import { lensById } from "./lens/shipped.ts";
import type { ExperimentPlan } from "./plan.ts";

/** What a plan names: something shipped, by its id, or a file, by its path relative to the plan. */
export type Named<T> =
  | { readonly kind: "shipped"; readonly found: Result<T> }
  | {
      readonly kind: "file";
      readonly path: string;
      /** Field of the plan that names it. */
      readonly field: string;
      readonly parse: (text: string) => Result<T>;
    };

/** Ids have neither folders nor extensions. */
const isPath = (name: string): boolean => /[./\\]/.test(name);

export const instrumentNamedBy = ({ instrument }: Pick<ExperimentPlan, "instrument">): Named<InstrumentProfile> =>
  isPath(instrument)
    ? { kind: "file", path: instrument, field: "instrument", parse: parseInstrument }
    : { kind: "shipped", found: instrumentById(instrument) };

/** Null where the plan has no lens. A lens file without a name for its box is named as the file. */
export function lensNamedBy({ lens }: Pick<ExperimentPlan, "lens">): Named<LensBox> | null {
  if (lens === undefined) return null;
  const { file } = lens;
  if (!isPath(file)) return { kind: "shipped", found: lensById(file) };
  const name = file.split(/[/\\]/).at(-1);
  return { kind: "file", path: file, field: "lens.file", parse: (text) => readLens(text, name) };
}
