import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

/**
 * The reference data for development (oracles, real CIFs), in the folder that DFXRM_CORPUS names; undefined without.
 * On CI it must be there whenever its usual place exists, so that a table never silently runs nothing.
 */
export const corpus: string | undefined = process.env["DFXRM_CORPUS"];

if (process.env["CI"] === "true" && existsSync("../shared/data")) {
  assert.ok(corpus, "DFXRM_CORPUS must be set on CI when the reference data are there");
}

export const readCorpus = (...parts: string[]): string => readFileSync(path.join(corpus ?? "", ...parts), "utf8");

export const readCorpusJson = <T>(...parts: string[]): T => JSON.parse(readCorpus(...parts)) as T;

export const listCorpus = (...parts: string[]): string[] => readdirSync(path.join(corpus ?? "", ...parts));

/** A test over the reference data; without them it is not defined, so it cannot be counted as passed. */
export function withCorpus(name: string, run: () => void | Promise<void>): void {
  if (corpus !== undefined) test(name, run);
}
