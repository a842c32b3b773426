import type { Uri } from "vscode";
import {
  type ExperimentPlan,
  type InstrumentProfile,
  instrumentNamedBy,
  type LensBox,
  lensNamedBy,
  type Named,
} from "../core/experiment/index.ts";
import type { Resolved } from "../core/protocol/index.ts";
import { error, type Result } from "../core/util/index.ts";

/** The instrument and the lens of a plan: shipped ones by their ids, others from the files that the plan names. */
export interface PlanFiles {
  /** What the plan names, as far as it is read: a file that was not read yet has neither value nor issue. */
  state(plan: ExperimentPlan): {
    readonly instrument: Resolved<InstrumentProfile>;
    readonly lens: Resolved<LensBox> | null;
  };
  /** Resolves once what the plan names has been read; undefined where it has. */
  reading(plan: ExperimentPlan): Promise<unknown> | undefined;
  dispose(): void;
}

export interface PlanFilesPorts {
  /** Where the file is that the plan names so; undefined where it may not be read. */
  readonly resolve: (path: string) => Uri | undefined;
  /** Its present text; undefined where there is none. */
  readonly read: (uri: Uri) => Promise<string | undefined>;
  readonly watch: (uri: Uri, onChange: () => void) => { dispose(): void };
}

interface Followed<T> {
  readonly path: string;
  resolved: Resolved<T>;
  /** The first reading, while it lasts. */
  reading: Promise<void> | undefined;
  readonly dispose: () => void;
}

/** `onChange` is called when a file was read, for the first time or again. */
export function createPlanFiles(ports: PlanFilesPorts, onChange: () => void): PlanFiles {
  let instrument: Followed<InstrumentProfile> | undefined;
  let lens: Followed<LensBox> | undefined;

  const follow = <T>({ path, parse }: Extract<Named<T>, { kind: "file" }>, what: string): Followed<T> => {
    const uri = ports.resolve(path);
    if (uri === undefined) {
      const message = `The ${what} ${path} is not read, because it is outside the workspace: name it by a path relative to the plan.`;
      const resolved = { value: null, issues: [error("plan/outside", message)] };
      return { path, resolved, reading: undefined, dispose: () => {} };
    }
    let latest = 0;
    const load = async (): Promise<void> => {
      const ticket = ++latest;
      const text = await ports.read(uri);
      if (ticket !== latest) return;
      followed.reading = undefined;
      const { value } = followed.resolved;
      if (text === undefined) {
        const message = `The ${what} ${path} cannot be read: there is no such file, or it is out of reach.`;
        followed.resolved = { value, issues: [error("plan/no-file", message)] };
      } else {
        const parsed = parse(text);
        const issues = parsed.issues.map(({ field: _field, ...issue }) => ({
          ...issue,
          message: `${path}: ${issue.message}`,
          uri: uri.toString(),
        }));
        followed.resolved = { value: parsed.ok ? parsed.value : value, issues };
      }
      onChange();
    };
    const watching = ports.watch(uri, () => void load());
    const dispose = (): void => {
      latest = Number.POSITIVE_INFINITY;
      watching.dispose();
    };
    const followed: Followed<T> = { path, resolved: { value: null, issues: [] }, reading: undefined, dispose };
    followed.reading = load();
    return followed;
  };

  return {
    state: (plan) => ({
      instrument: instrumentOf(plan),
      lens: lensOf(plan),
    }),
    reading(plan) {
      instrumentOf(plan);
      lensOf(plan);
      const first = [instrument?.reading, lens?.reading].filter((one) => one !== undefined);
      return first.length > 0 ? Promise.all(first) : undefined;
    },
    dispose() {
      instrument?.dispose();
      lens?.dispose();
    },
  };

  function instrumentOf(plan: ExperimentPlan): Resolved<InstrumentProfile> {
    const named = instrumentNamedBy(plan);
    if (named.kind === "shipped") return resolvedOf(named.found);
    instrument = kept(instrument, named.path) ?? follow(named, "instrument");
    return instrument.resolved;
  }

  function lensOf(plan: ExperimentPlan): Resolved<LensBox> | null {
    const named = lensNamedBy(plan);
    if (named === null) return null;
    if (named.kind === "shipped") return resolvedOf(named.found);
    lens = kept(lens, named.path) ?? follow(named, "lens");
    return lens.resolved;
  }
}

function kept<T>(followed: Followed<T> | undefined, path: string): Followed<T> | undefined {
  if (followed?.path === path) return followed;
  followed?.dispose();
  return undefined;
}

const resolvedOf = <T>(result: Result<T>): Resolved<T> => ({
  value: result.ok ? result.value : null,
  issues: result.issues,
});
