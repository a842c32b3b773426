/** Errors are values: every function of core that can refuse its input returns a Result. */

export type Severity = "error" | "warning" | "information" | "hint";

/** Half-open range of a document in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
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
  /** Input field that causes it, as a dotted path in the plan (`beam.energy_keV`), if there is one. */
  readonly field?: string;
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
