import { checkJsonText, fail, type Issue, type JsonText, ok, type Result, readJsonText } from "../../util/index.ts";
import { checkProfile, type ProfileFault } from "./check.ts";
import type { InstrumentProfile } from "./profile.ts";
import { profileSchema } from "./schema.ts";
import { unitVectors } from "./unitVectors.ts";

/**
 * Reads the text of a `*.dfxrm-instrument.json` file: JSON, comments and trailing commas allowed. Keys that may be left
 * out are filled in; directions come out with length 1. Every issue has the range of the value that causes it and its
 * dotted path as `field`.
 */
export function parseInstrument(text: string): Result<InstrumentProfile> {
  const json = readJsonText(text);
  const shaped = checkJsonText(json, profileSchema, "instrument/shape");
  if (!shaped.ok) return shaped;
  const { $schema: _schema, ...given } = shaped.value;
  const { profile, faults: rescaled } = unitVectors(given as InstrumentProfile);
  const issues = [...shaped.issues, ...[...rescaled, ...checkProfile(profile)].map((fault) => placed(fault, json))];
  return issues.some(({ severity }) => severity === "error") ? fail(...issues) : ok(profile, issues);
}

function placed({ path, replacement, other, ...fault }: ProfileFault, json: JsonText): Issue {
  const range = json.rangeOf(path);
  const related = other && [{ range: json.rangeOf(other.path), message: other.message }];
  const issue = { ...fault, field: path.join("."), range, ...(related && { related }) };
  if (replacement === undefined) return issue;
  const newText = JSON.stringify(replacement).replaceAll(",", ", ");
  return { ...issue, fixes: [{ title: `Replace by ${newText}`, edits: [{ range, newText }] }] };
}
