/** Errors are values: every function of core that can refuse its input returns a Result. */

export type Severity = "error" | "warning" | "information" | "hint";

/** Half-open range of a document in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Replaces a range of the document; an empty range inserts. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** A remedy that can be applied to the document. Its edits do not overlap. */
export interface IssueFix {
  /** What applying it does, as a menu shows it: "Replace by 318.21". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Another place that a problem is about: the first of two that must not be twice, the values that a sum was made of. */
export interface RelatedPlace {
  readonly range: TextRange;
  /** Document that `range` is in, where that is not the one of the problem. */
  readonly uri?: string;
  /** What stands there, in a few words: "Nb1, occupancy 0.5". */
  readonly message: string;
}

/** A problem that names its cause, its place and its remedy. */
export interface Issue {
  /** Stable code `group/slug`, e.g. `syntax/missing-value`, `crystal/no-cell`, `plan/energy-range`. */
  readonly code: string;
  readonly severity: Severity;
  /** One plain sentence: what is wrong, and what to do about it. */
  readonly message: string;
  /** Place in the document that the issue is about, if it has one. */
  readonly range?: TextRange;
  /** Document that `range` is in, where that is not the CIF. */
  readonly uri?: string;
  /** Input field that causes it, as a dotted path in the plan (`beam.energy_keV`), if there is one. */
  readonly field?: string;
  /** Data names that it is about, where its place does not tell them: those that are missing. */
  readonly names?: readonly string[];
  /** Remedies, the likeliest first. */
  readonly fixes?: readonly IssueFix[];
  /** The other places that it is about, in the order of their weight. */
  readonly related?: readonly RelatedPlace[];
}

export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export const ok = <T>(value: T, issues: readonly Issue[] = []): Result<T> => ({ ok: true, value, issues });

export const fail = <T = never>(...issues: readonly Issue[]): Result<T> => ({ ok: false, issues });

export const error = (code: string, message: string, place: { range?: TextRange; field?: string } = {}): Issue => ({
  code,
  severity: "error",
  message,
  ...place,
});
