import { isClosedTextField } from "./scan.ts";
import { TOKEN, type TokenTable } from "./tokens.ts";
import type { CifValue } from "./tree.ts";

/** The value that the token `index` holds. */
export function createValue(text: string, tokens: TokenTable, index: number): CifValue {
  const start = tokens.starts[index]!;
  const end = tokens.ends[index]!;
  const range = { start, end };
  const written = text.slice(start, end);
  switch (tokens.kinds[index]) {
    case TOKEN.singleQuoted:
      return { kind: "single-quoted", text: unquote(written), range };
    case TOKEN.doubleQuoted:
      return { kind: "double-quoted", text: unquote(written), range };
    case TOKEN.textField:
      return { kind: "text-field", text: textFieldContent(written), range };
    case TOKEN.list:
      return { kind: "list", text: written, range };
    case TOKEN.table:
      return { kind: "table", text: written, range };
  }
  if (written === "?") return { kind: "unknown", text: written, range };
  if (written === ".") return { kind: "inapplicable", text: written, range };
  return { kind: "unquoted", text: written, range };
}

function unquote(written: string): string {
  const quote = written.charAt(0);
  const triple = quote.repeat(3);
  if (written.length >= 6 && written.startsWith(triple) && written.endsWith(triple)) {
    return written.slice(3, -3).replace(/\r\n?/g, "\n");
  }
  return written.slice(1, written.length > 1 && written.endsWith(quote) ? -1 : undefined);
}

/**
 * Content of a text field: the rest of its first line and the lines between, joined by LF, with the line-folding and
 * text-prefix protocols undone (CIF 2.0 specification; a convention in CIF 1.1).
 */
function textFieldContent(written: string): string {
  const closed = isClosedTextField(written, 0, written.length);
  const lines = written.slice(1, closed ? -1 : undefined).split(/\r\n?|\n/);
  if (closed) lines.pop();
  const protocol = /^([^;\\][^\\]*)?(\\\\?)[ \t]*$/.exec(lines[0]!);
  if (!protocol) return lines.join("\n");
  const prefix = protocol[1] ?? "";
  const folded = prefix === "" || protocol[2] === "\\\\";
  if (prefix === "" && protocol[2] === "\\\\") return lines.join("\n");
  const body = lines.slice(1);
  if (!body.every((line) => line.startsWith(prefix))) return lines.join("\n");
  const content = body.map((line) => line.slice(prefix.length));
  return folded ? unfold(content) : content.join("\n");
}

/** Joins each line that ends with a backslash to the next one. */
function unfold(lines: readonly string[]): string {
  let result = "";
  lines.forEach((line, index) => {
    const joined = line.replace(/\\[ \t]*$/, "");
    const last = index === lines.length - 1;
    result += joined === line && !last ? `${line}\n` : joined;
  });
  return result;
}
