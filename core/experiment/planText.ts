import { createScanner, findNodeAtLocation, type Node, type ParseError, parseTree } from "jsonc-parser";
import { checkJsonText, ok, type Result, readJsonText, type TextEdit } from "../util/index.ts";
import type { ExperimentPlan, PlanOp } from "./plan.ts";
import { planSchema } from "./planSchema.ts";

/** A plan as the text of its file, JSON with comments, states it; every fault has its place in the text. */
export function parsePlanText(text: string): Result<ExperimentPlan> {
  const plan = checkJsonText(readJsonText(text), planSchema, "plan/shape");
  return plan.ok ? ok(plan.value as unknown as ExperimentPlan, plan.issues) : plan;
}

/**
 * The edit by which the text of a plan comes to hold the operations. Comments, formatting and unknown keys stay as they are. The
 * text has to be JSON; undefined where nothing changes.
 */
export function editPlanText(text: string, ops: readonly PlanOp[]): TextEdit | undefined {
  return difference(text, ops.reduce(applyOp, text));
}

function applyOp(text: string, { path, value }: PlanOp): string {
  const keys = [...path];
  const root = rootOf(text);
  const present = root && findNodeAtLocation(root, keys);
  if (present === undefined) return value === undefined ? text : insert(text, root, keys, value);
  if (value !== undefined) return splice(text, present.offset, present.offset + present.length, inline(value));
  return present.parent?.type === "property" ? without(text, present.parent) : text;
}

/** The tree of a text that is JSON; undefined where it is not. */
function rootOf(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 ? root : undefined;
}

const splice = (text: string, start: number, end: number, content: string): string =>
  text.slice(0, start) + content + text.slice(end);

/** Adds a property behind the last one of the innermost object that is there, on a line of its own where that one has one. */
function insert(text: string, root: Node | undefined, keys: readonly string[], value: unknown): string {
  let depth = keys.length - 1;
  let parent: Node | undefined;
  for (; depth >= 0 && parent?.type !== "object"; depth--)
    parent = root && findNodeAtLocation(root, keys.slice(0, depth));
  const [key, ...inner] = keys.slice(depth + 1);
  if (parent?.type !== "object" || key === undefined) return text;
  const nested = inner.reduceRight<unknown>((child, name) => ({ [name]: child }), value);
  const property = `${JSON.stringify(key)}: ${inline(nested)}`;
  const last = parent.children?.at(-1);
  if (last === undefined) return splice(text, parent.offset + 1, parent.offset + 1, ` ${property} `);
  const end = last.offset + last.length;
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, last.offset))?.[1];
  const rest = /^[^\S\n]*(,?)[^\S\n]*(?:\/\/[^\n]*|\/\*[^\n]*?\*\/)?[^\S\n]*(?=\n)/.exec(text.slice(end));
  if (indent === undefined || rest === null) return splice(text, end, end, `, ${property}`);
  const trailing = rest[1] ?? "";
  const remark = rest[0].replace(/\r$/, "");
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const line = `${trailing === "" ? "," : ""}${remark}${eol}${indent}${property}${trailing}`;
  return splice(text, end, end + remark.length, line);
}

/** The text without a property and its comma, and without its line where it has one; all comments around it stay. */
function without(text: string, property: Node): string {
  const siblings = property.parent?.children ?? [];
  const start = property.offset;
  const end = start + property.length;
  const behind = commaBehind(text, end);
  let before = text.slice(0, start);
  let after = text.slice(end);
  if (behind !== undefined) {
    const between = text.slice(end, behind).trimStart();
    const rest = text.slice(behind + 1);
    after = between + (/\s$/.test(between) ? rest.replace(/^[ \t]+/, "") : rest);
  } else {
    const previous = siblings[siblings.indexOf(property) - 1];
    const comma = previous && commaBehind(text, previous.offset + previous.length);
    if (comma !== undefined) before = text.slice(0, comma) + text.slice(comma + 1, start);
  }
  if (siblings.length === 1 && before.trimEnd().endsWith("{") && after.trimStart().startsWith("}")) {
    return before.trimEnd() + after.trimStart();
  }
  const line = /(^|\n)[ \t]*$/.exec(before);
  const rest = /^[ \t]*\r?\n/.exec(after);
  if (line && rest) return before.slice(0, line.index + (line[1]?.length ?? 0)) + after.slice(rest[0].length);
  return before + (/\s$/.test(before) ? after.replace(/^[ \t]+/, "") : after);
}

/** Offset of the comma that comes next behind an offset, but for blanks and comments. */
function commaBehind(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return text[at] === "," ? at : undefined;
}

/** A value as JSON on one line, with a blank behind commas and colons. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return entries.length === 0
    ? "{}"
    : `{ ${entries.map(([key, child]) => `${JSON.stringify(key)}: ${inline(child)}`).join(", ")} }`;
}

/** The smallest single edit between two texts. */
function difference(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return {
    range: { start, end: before.length - same },
    newText: after.slice(start, after.length - same),
  };
}

/** The text of a new file for a plan: one line for a part, in the order of the format. */
export function planText(plan: ExperimentPlan): string {
  const parts = Object.entries(plan).filter(([key, value]) => value !== undefined && key !== "$schema");
  const lines = parts.map(([key, value]) => `  ${JSON.stringify(key)}: ${inline(value)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
