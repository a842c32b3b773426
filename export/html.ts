import type { Block, Logbook, Section, TableBlock } from "../core/report/index.ts";
import { escapeMarkup as text } from "../core/util/index.ts";
import { svgElement } from "./markup.ts";

const STYLE = `
  :root { color-scheme: light; }
  body { font: 10pt/1.4 "DejaVu Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #000; background: #fff; max-width: 52em; margin: 2em auto; padding: 0 1em; }
  h1 { font-size: 1.6em; margin: 0; overflow-wrap: anywhere; }
  h2 { font-size: 1.2em; border-bottom: 1px solid #999; margin: 1.6em 0 .5em; break-after: avoid; }
  nav ul { columns: 2; padding-left: 1.2em; }
  table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .6em 0; width: 100%; }
  caption { text-align: left; font-weight: bold; padding: .3em 0; }
  th, td { text-align: left; vertical-align: top; padding: .15em .8em .15em 0; border-bottom: 1px solid #ddd; }
  th.right, td.right { text-align: right; }
  .data { overflow-x: auto; }
  .data th, .data td { white-space: nowrap; }
  .data td.breaks { white-space: normal; min-width: 12em; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  tr.marked { font-weight: bold; background: #fff0d8; }
  .facts th { font-weight: normal; color: #444; width: 14em; max-width: 40vw; }
  .facts td { overflow-wrap: anywhere; }
  figure { margin: 1em 0; }
  .note { color: #444; display: block; }
  .bar { text-decoration: overline; }
  svg { max-width: 100%; height: auto; display: block; break-inside: avoid; margin: .8em 0; }
  footer { border-top: 1px solid #999; margin-top: 2em; color: #444; }
  @page { margin: 16mm; }
  @media print { body { margin: 0; max-width: none; } }
`;

/** One file that shows, prints and archives the logbook anywhere: no scripts, nothing outside it. */
export function logbookHtml({ title, subtitle, origin, sections }: Logbook): string {
  return [
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${text(title)}</title>\n<style>${STYLE}</style>\n</head>\n<body>`,
    `<header><h1>${text(title)}</h1>\n<p>${rich(subtitle)}</p></header>`,
    `<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => `<li><a href="#${text(id)}">${text(title)}</a></li>`).join("")}</ul></nav>`,
    ...sections.map(section),
    `<footer><p>${text(origin)}</p></footer>\n</body>\n</html>\n`,
  ].join("\n");
}

const section = ({ id, title, blocks }: Section): string =>
  `<section id="${text(id)}">\n<h2>${text(title)}</h2>\n${blocks.map(block).join("\n")}\n</section>`;

function block(content: Block): string {
  switch (content.kind) {
    case "facts":
      return `<table class="facts"><tbody>${content.facts
        .map(({ label, value, note }) => {
          const remark = note ? ` <span class="note">${rich(note)}</span>` : "";
          return `<tr><th scope="row">${rich(label)}</th><td>${rich(value)}${remark}</td></tr>`;
        })
        .join("\n")}</tbody></table>`;
    case "table":
      return table(content);
    case "notes":
      return `<ul>${content.notes.map((note) => `<li><strong>${rich(note.word)}:</strong> ${rich(note.text)}</li>`).join("\n")}</ul>`;
    case "picture":
      return `<figure><figcaption><strong>${text(content.picture.title)}</strong></figcaption>${svgElement(content.picture)}</figure>`;
  }
}

function table({ caption, columns, rows, marked = [] }: TableBlock): string {
  const side = (i: number): string =>
    columns[i]?.align === "right" ? ' class="right"' : columns[i]?.breaks ? ' class="breaks"' : "";
  const head = columns.map(({ title }, i) => `<th scope="col"${side(i)}>${rich(title)}</th>`).join("");
  const body = rows.map((row, i) => {
    const cells = row.map((cell, j) => `<td${side(j)}>${rich(cell)}</td>`).join("");
    return marked.includes(i) ? `<tr class="marked" aria-current="true">${cells}</tr>` : `<tr>${cells}</tr>`;
  });
  const title = caption ? `<caption>${rich(caption)}</caption>` : "";
  return `<div class="data" tabindex="0"><table>${title}<thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

/** Bars over indices as lines, not as combining characters, which few fonts place well. */
const rich = (content: string): string =>
  text(content).replace(/((?:\d\u0305)+)/g, (barred) => `<span class="bar">${barred.replaceAll("\u0305", "")}</span>`);
