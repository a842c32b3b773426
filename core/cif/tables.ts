import { type IssueList, quoted } from "./issues.ts";
import { type Source, TOKEN } from "./tokens.ts";
import { keyText } from "./value.ts";

/** What has been read of a table. */
export interface TableState {
  /** Token of its opening bracket. */
  readonly open: number;
  /** First token of each key of this table and of those around and in it. */
  readonly keys: Map<string, number>;
  /** What comes next; a colon that was torn from its key may come before the value. */
  expects: "key" | "colon" | "value";
  /** The key whose value comes next. */
  key: number | undefined;
}

export const enterTable = (open: number, keys: Map<string, number>): TableState => ({
  open,
  keys,
  expects: "key",
  key: undefined,
});

/** Takes a key with its colon. Keys are the same if they are canonically equivalent; case matters. */
export function readKey(source: Source, table: TableState, index: number, issues: IssueList): void {
  leaveTable(source, table, issues);
  table.expects = "value";
  table.key = index;
  const range = keyRange(source, index);
  const key = keyText(source.text, range.start, range.end);
  const claim = `${table.open} ${key.normalize("NFC")}`;
  const first = table.keys.get(claim);
  if (first === undefined) {
    table.keys.set(claim, index);
    return;
  }
  const lineOfFirst = (): number => source.lines.position(source.tokens.starts[first]!).line;
  const message = (): string =>
    `The key ${quoted(key)} stands already at line ${lineOfFirst()} of this table: delete one of the two, or give it another name.`;
  issues.add("duplicate-key", message, range, {
    related: [{ range: keyRange(source, first), message: "The first key" }],
  });
}

/** Takes a value, which may be one in the place of a key. */
export function readTableValue({ text, tokens }: Source, table: TableState, index: number, issues: IssueList): void {
  const start = tokens.starts[index]!;
  const end = tokens.ends[index]!;
  const isWord = tokens.kinds[index] === TOKEN.unquoted;
  const { expects } = table;
  table.key = undefined;
  table.expects = "key";
  if (expects === "key") {
    const word = isWord ? text.slice(start, end) : "";
    if (word.endsWith(":")) table.expects = "value";
    else if (!word.includes(":")) table.expects = "colon";
    const message = (): string => badKey(tokens.kinds[index]!, text.slice(start, Math.min(end, start + 200)));
    issues.add("table-key", message, { start, end });
  } else if (expects === "colon" && isWord && text[start] === ":" && end - start === 1) table.expects = "value";
}

function badKey(kind: number, written: string): string {
  switch (kind) {
    case TOKEN.singleQuoted:
    case TOKEN.doubleQuoted:
    case TOKEN.tripleQuoted:
      return `The colon of a table entry must stand right behind its key: write ${quoted(written).slice(1, -1)}:value.`;
    case TOKEN.textField:
      return "A text field cannot be the key of a table entry: write the key in quotes, with a colon right behind it.";
    case TOKEN.list:
    case TOKEN.table:
      return "A list or table cannot be the key of a table entry: write a key in quotes before it, with a colon right behind it.";
    default: {
      const key = written.split(":", 1)[0]!;
      return `The key of a table entry needs quotes, and a colon right behind them: write '${quoted(key).slice(1, -1)}':value.`;
    }
  }
}

/** Reports a key that has no value. */
export function leaveTable(source: Source, table: TableState, issues: IssueList): void {
  if (table.expects !== "value" || table.key === undefined) return;
  const range = keyRange(source, table.key);
  const written = (): string =>
    quoted(source.text.slice(range.start, Math.min(range.end, range.start + 200))).slice(1, -1);
  const message = (): string => `The key ${written()} has no value: write one behind its colon, ? if it is unknown.`;
  issues.add("missing-value", message, range);
}

/** Range of a key without its colon. */
const keyRange = ({ tokens }: Source, index: number): { start: number; end: number } => ({
  start: tokens.starts[index]!,
  end: tokens.ends[index]! - 1,
});
