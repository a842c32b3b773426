import { type Issue, type Mat3, mat3, type Result, vec3 } from "../util/index.ts";
import { checkEnergy } from "../xray/index.ts";
import type { Answer, Experiment, Finding } from "./experiment.types.ts";
import { checkOrientation } from "./orientation.ts";
import type { ExperimentPlan, PlanOp } from "./plan.ts";

/** A change of the plan that a problem asks for. */
export interface PlanFix {
  readonly title: string;
  readonly ops: readonly PlanOp[];
}

/** A problem of a plan at its field, with what would help where that is known. */
export interface PlanIssue extends Issue {
  readonly planFixes: readonly PlanFix[];
}

const SEVERITY: Readonly<Record<Exclude<Answer, "yes">, Issue["severity"]>> = {
  no: "warning",
  marginal: "information",
};

/**
 * Everything that a plan should be told: why it is refused, or else what its verdicts object to. Refusals are errors, a
 * "no" a warning, a caution an information.
 */
export function planIssues(plan: ExperimentPlan, experiment: Result<Experiment>): readonly PlanIssue[] {
  const own = experiment.issues.map((issue) => ({ ...issue, planFixes: fixesOf(issue, plan) }));
  if (!experiment.ok) return own;
  const findings = experiment.value.verdicts.flatMap(({ findings }) => findings);
  return [...own, ...findings.flatMap(issueOf)];
}

function issueOf({ code, answer, sentence, suggestion, ops, field }: Finding): readonly PlanIssue[] {
  if (answer === "yes") return [];
  const message = suggestion === null ? sentence : `${sentence} ${suggestion}`;
  const planFixes = ops.length === 0 ? [] : [{ title: titleOf(ops), ops }];
  return [{ code, severity: SEVERITY[answer], message, field, planFixes }];
}

/** `Set beam.energy_keV to 16.95`, `Remove beamExit`. */
export const titleOf = (ops: readonly PlanOp[]): string =>
  ops
    .map(({ path, value }) => {
      const name = path.join(".");
      return value === undefined ? `Remove ${name}` : `Set ${name} to ${valueText(value)}`;
    })
    .join(", ");

function valueText(value: unknown): string {
  if (typeof value === "object" && value !== null && "hkl" in value && Array.isArray(value.hkl)) {
    return `(${value.hkl.join(",")})`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

const ENERGY = ["beam", "energy_keV"] as const;

/** What makes a refused plan one that is not. */
function fixesOf({ code, field }: Issue, plan: ExperimentPlan): readonly PlanFix[] {
  const fix = (ops: readonly PlanOp[]): readonly PlanFix[] => [{ title: titleOf(ops), ops }];
  const { energy_keV } = plan.beam;
  switch (code) {
    case "plan/exit-parallel-to-up":
    case "plan/beam-parallel-to-q":
      return field === "beamExit"
        ? fix([{ path: ["beamExit"] }])
        : plan.sample.exit === undefined
          ? []
          : fix([{ path: ["sample", "exit"] }]);
    case "plan/energy-range":
      return checkEnergy(energy_keV / 1000).ok ? fix([{ path: ENERGY, value: energy_keV / 1000 }]) : [];
    case "plan/orientation":
      return orientationFix(plan.sample.orientation?.U);
    default:
      return [];
  }
}

/** How far U may be off to be taken for a rounded rotation. */
const ROUNDED = 0.02;

/** The rotation that a rounded U stands for. */
function orientationFix(U: Mat3 | undefined): readonly PlanFix[] {
  if (U === undefined || !U.flat().every(Number.isFinite)) return [];
  const x = vec3.normalize(U[0]);
  const y = vec3.normalize(vec3.reject(U[1], x));
  const exact: Mat3 = [x, y, vec3.cross(x, y)];
  const off = Math.max(...exact.flatMap((row, i) => row.map((value, j) => Math.abs(value - U[i]![j]!))));
  if (!(off < ROUNDED) || checkOrientation(exact).length > 0 || mat3.determinant(U) < 0) return [];
  const rounded = exact.map((row) => row.map((value) => Number(value.toFixed(9))));
  return [
    {
      title: "Make the rows of U orthogonal unit vectors",
      ops: [{ path: ["sample", "orientation", "U"], value: rounded }],
    },
  ];
}
