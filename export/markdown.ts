import type { Block, FactsBlock, Logbook, TableBlock } from "../core/report/index.ts";

/** The logbook as Markdown (CommonMark with tables); pictures are left to the other formats. */
export function logbookMarkdown({ title, subtitle, origin, sections }: Logbook): string {
  const parts = sections.map(({ title, blocks }) => {
    const written = blocks.map(block).filter((content) => content !== "");
    return [`## ${text(title)}`, ...written].join("\n\n");
  });
  return `${[`# ${text(title)}`, text(subtitle), ...parts, "---", text(origin)].join("\n\n")}\n`;
}

function block(content: Block): string {
  switch (content.kind) {
    case "facts":
      return facts(content);
    case "table":
      return table(content);
    case "notes":
      return content.notes.map(({ word, text: sentence }) => `- **${text(word)}:** ${text(sentence)}`).join("\n");
    case "picture":
      return "";
  }
}

/** One fact is a line, several are a table. */
function facts({ facts }: FactsBlock): string {
  const [first, ...more] = facts;
  if (first && more.length === 0 && first.note === undefined) return `**${text(first.label)}** ${text(first.value)}`;
  const rows = facts.map(({ label, value, note = "" }) => [label, value, note]);
  const titles = rows.some(([, , note]) => note !== "") ? ["", "Value", "Remark"] : ["", "Value"];
  return table({
    kind: "table",
    columns: titles.map((title) => ({ title, align: "left" })),
    rows: rows.map((row) => row.slice(0, titles.length)),
  });
}

function table({ caption, columns, rows, marked = [] }: TableBlock): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    ...(caption ? [`${text(caption)}\n`] : []),
    line(columns.map(({ title }) => text(title))),
    line(columns.map(({ align }) => (align === "right" ? "---:" : "---"))),
    ...rows.map((row, i) =>
      line(row.map((cell) => (marked.includes(i) && cell !== "" ? `**${text(cell)}**` : text(cell)))),
    ),
  ].join("\n");
}

/** Text that Markdown shows as it is, on one line. A bar over an index is written as a minus sign before it. */
const text = (content: string): string =>
  content
    .replace(/((?:\d\u0305)+)/g, (barred) => `\u2212${barred.replaceAll("\u0305", "")}`)
    .replace(/[\\`*_{}[\]<>()#+|~$!&]/g, (character) => `\\${character}`)
    .replace(/\s*[\r\n]+\s*/g, " ");
