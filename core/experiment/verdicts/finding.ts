import type { Answer, Finding, Question, Verdict } from "../experiment.types.ts";

/** A finding; what is not said is unknown or not needed. */
export const finding = (
  given: Pick<Finding, "code" | "answer" | "figure" | "sentence" | "field"> & Partial<Finding>,
): Finding => ({ value: null, limit: null, unit: null, suggestion: null, ops: [], ...given });

const GRAVITY: Readonly<Record<Answer, number>> = { no: 0, marginal: 1, yes: 2 };

/** The answer of the gravest finding, of equally grave ones the first; at least one is needed. */
export function verdict(question: Question, findings: readonly [Finding, ...Finding[]]): Verdict {
  const [first, ...rest] = findings;
  const gravest = rest.reduce((worst, other) => (GRAVITY[other.answer] < GRAVITY[worst.answer] ? other : worst), first);
  return { ...gravest, question, findings };
}
