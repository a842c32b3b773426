import type { Finding, Verdict } from "../experiment.types.ts";
import { finding, verdict } from "./finding.ts";
import type { Subject } from "./subject.ts";

/** Is the crystal mounted the way everybody thinks? */
export const mountVerdict = (subject: Subject): Verdict => verdict("mount", [exitFace(subject)]);

function exitFace({ geometry }: Subject): Finding {
  const { exit, up } = geometry;
  return finding({
    code: "mount/exit",
    answer: exit.isDefault ? "marginal" : "yes",
    figure: exit.isDefault ? "exit guessed" : "as named",
    sentence: exit.isDefault
      ? `The exit face ${exit.text} is a guess: the plan does not name one.`
      : `Up ${up.text}, exit ${exit.text}.`,
    field: "sample.exit",
  });
}
