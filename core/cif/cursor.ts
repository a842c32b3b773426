import type { LineIndex, TextRange } from "../util/index.ts";
import { createContainerReader, readContainer } from "./containers.ts";
import { isBadToken, reportToken } from "./faults.ts";
import type { IssueList } from "./issues.ts";
import { createLexer } from "./lexer.ts";
import { isLineEnd } from "./scan.ts";
import { isContainerKind, isValueKind, type Source, TOKEN } from "./tokens.ts";

/** The parser's place in the tokens: one token of lookahead, comments left out. */
export interface Cursor extends Source {
  /** Kind of the token that comes next. */
  kind(): number;
  atValue(): boolean;
  /** Index of the token that comes next. */
  index(): number;
  /** Takes that token, with all of a list or table, reports what is wrong with it by itself, and returns its index. */
  take(): number;
  /** Reads the text field `index`, the token taken last, again as one that lacks its closing semicolon. */
  reopen(index: number): void;
  textOf(index: number): string;
  rangeOf(index: number): TextRange;
  /** Whether the token `index` is wrong by itself. */
  isBad(index: number): boolean;
  /** Whether no line end stands between the tokens `first` and `second`. */
  onOneLine(first: number, second: number): boolean;
}

export function createCursor(text: string, version: "1.1" | "2.0", lines: LineIndex, issues: IssueList): Cursor {
  const lexer = createLexer(text, version);
  const { tokens } = lexer;
  const source: Source = { text, version, lines, tokens };
  const containers = createContainerReader(source, lexer, issues);
  /** Lists and tables that never close. */
  const unclosed = new Set<number>();
  /** Whether a missing blank before the token, which is reported, explains what is wrong with it. */
  const isExplained = (index: number): boolean =>
    index > 0 && tokens.ends[index - 1] === tokens.starts[index] && tokens.kinds[index] !== TOKEN.close;
  let current = lexer.next();
  return {
    ...source,
    kind: () => tokens.kinds[current]!,
    atValue: () => isValueKind(tokens.kinds[current]!),
    index: () => current,
    take() {
      const taken = current;
      if (isContainerKind(tokens.kinds[taken]!) && !readContainer(containers, taken)) unclosed.add(taken);
      if (isBadToken(source, taken) && !isExplained(taken)) reportToken(source, taken, issues);
      current = lexer.next();
      return taken;
    },
    reopen(index) {
      lexer.reopen(index);
      reportToken(source, index, issues);
      current = lexer.next();
    },
    textOf: (index) => text.slice(tokens.starts[index], tokens.ends[index]),
    rangeOf: (index) => ({ start: tokens.starts[index]!, end: tokens.ends[index]! }),
    isBad: (index) => unclosed.has(index) || isBadToken(source, index),
    onOneLine(first, second) {
      for (let i = tokens.ends[first]!; i < tokens.starts[second]!; i++)
        if (isLineEnd(text.charCodeAt(i))) return false;
      return true;
    },
  };
}
