import { format } from "../../util/index.ts";
import { deriveGeometry } from "../derive.ts";
import type { Finding, OtherMount, Verdict } from "../experiment.types.ts";
import type { FaceName } from "../geometry.types.ts";
import { finding, verdict } from "./finding.ts";
import { directionWords, hklText, type Subject } from "./subject.ts";

/** Is the crystal mounted the way everybody thinks? */
export const mountVerdict = (subject: Subject): Verdict =>
  verdict("mount", [exitFace(subject), ...faces(subject), ...mistakable(subject)]);

function exitFace({ geometry, plan }: Subject): Finding {
  const { exit, up } = geometry;
  const about = { code: "mount/exit", field: "sample.exit" } as const;
  if (plan.sample.orientation !== undefined) {
    return finding({
      ...about,
      answer: "yes",
      figure: "U given",
      sentence: "The orientation is the one that U gives.",
    });
  }
  const upWords = up.isDefault
    ? up.text.startsWith("orthogonal")
      ? `Up is taken ${directionWords(up.text)}`
      : `Up is taken along Q ${directionWords(up.text)}`
    : `Up is ${directionWords(up.text)}`;
  if (!exit.isDefault) {
    return finding({
      ...about,
      answer: "yes",
      figure: "as named",
      sentence: `${upWords}, and the exit normal is ${directionWords(exit.text)}, as the plan says.`,
    });
  }
  return finding({
    ...about,
    answer: "marginal",
    figure: "exit guessed",
    sentence: `Nobody has said how the sample is cut: the exit face ${directionWords(exit.text)} is a guess. ${upWords}.`,
    suggestion: `Name the face through which the beam leaves; if it is ${directionWords(exit.text)}, confirm it.`,
    ops: [{ path: ["sample", "exit"], value: exit.text }],
  });
}

const FACE_WORDS: Readonly<Record<FaceName, string>> = {
  "+x": "the exit face (+x)",
  "-x": "the face opposite to the exit (−x)",
  "+y": "the +y side",
  "-y": "the −y side",
  "+z": "the top (+z)",
  "-z": "the bottom (−z)",
};

/** Where the beams do not go from the face opposite to the exit to the exit face. */
function faces(subject: Subject): readonly Finding[] {
  const { entryFace, exitFace: out } = subject.geometry.path;
  if (entryFace === "-x" && out === "+x") return [];
  const sentence =
    entryFace === out
      ? `The beams enter and leave through ${FACE_WORDS[entryFace]}: this is reflection geometry, not transmission through the exit face.`
      : entryFace === "+x" && out === "-x"
        ? "The beams go through the sample the other way round: they enter through the face that is named as exit."
        : `The beams enter through ${FACE_WORDS[entryFace]} and leave through ${FACE_WORDS[out]}, not through the exit face.`;
  return [
    finding({
      code: "mount/faces",
      answer: "marginal",
      figure: `${entryFace} to ${out}`.replaceAll("-", "−"),
      sentence,
      ...throughTheExit(subject),
      field: "beamExit",
    }),
  ];
}

/** Without a mean beam direction of its own the plan may send the beams through the exit face. */
function throughTheExit({ plan, crystal, geometry, instrument }: Subject): Partial<Finding> {
  if (plan.beamExit === undefined) return {};
  const { beamExit: _own, ...others } = plan;
  const changed = deriveGeometry(others, crystal, geometry.hkl, instrument);
  if (!changed.ok || changed.value.path.entryFace !== "-x" || changed.value.path.exitFace !== "+x") return {};
  return {
    suggestion:
      "Leave the mean beam direction out: then the beams go from the face opposite to the exit to the exit face.",
    ops: [{ path: ["beamExit"] }],
  };
}

const TURN_WORDS: Readonly<Record<OtherMount["about"], string>> = { up: "up", exit: "the exit normal", y: "y" };

/** Wrong mounts that this reflection cannot tell from the right one. */
function mistakable({ otherMounts, reflection }: Subject): readonly Finding[] {
  const alike = otherMounts.filter(({ looks }) => looks === "alike");
  if (alike.length === 0 || reflection.absence !== null) return [];
  const turns = (["up", "exit", "y"] as const).flatMap((axis) => {
    const some = alike.filter(({ about }) => about === axis);
    return some.length === 0 ? [] : [`${anglesText(some)} about ${TURN_WORDS[axis]}`];
  });
  const [only] = alike;
  const then =
    alike.length === 1 && only?.hkl
      ? `: then ${hklText(only.hkl)} is in place, with |F| ${format.fixed(only.F ?? 0, 1)} in place of ${format.fixed(reflection.F, 1)}`
      : "";
  return [
    finding({
      code: "mount/alike",
      answer: "yes",
      value: alike.length,
      figure: `${alike.length} alike`,
      sentence: `The light of ${hklText(reflection.hkl)} does not tell if the crystal is turned by ${turns.join(" or ")}${then}.`,
      field: "sample.exit",
    }),
  ];
}

/** `180° or ±90°`. */
function anglesText(turns: readonly OtherMount[]): string {
  const angles = turns.map(({ angle_deg }) => angle_deg);
  const quarters =
    angles.includes(90) && angles.includes(-90)
      ? ["±90°"]
      : angles.filter((a) => a !== 180).map((a) => `${format.fixed(a, 0)}°`);
  return [...(angles.includes(180) ? ["180°"] : []), ...quarters].join(" or ");
}
