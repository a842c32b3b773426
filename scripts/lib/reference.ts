import { readFileSync } from "node:fs";
import { COMMANDS } from "../../cli/commands/index.ts";
import { KEY_HELP } from "../../webview/geometry/view/keys.ts";
import { inRoot } from "./paths.ts";
import { schemas } from "./schemas.ts";

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly markdownDescription: string; readonly order: number }>
      >;
    };
  };
}

/** docs/reference.md: everything that has a name, from where the code has it. */
export function reference(): string {
  const manifest: Manifest = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const files = schemas();
  const keysOf = (name: string): string => table(["key", "value", "meaning"], keyRows(JSON.parse(files[name] ?? "{}")));
  return [
    "# Reference",
    "Generated from the code by `npm run docs`; a test holds it to that.",
    "## Commands in the editor",
    table(
      ["command", "name"],
      manifest.contributes.commands.map(({ command, title }) => [`DF-XRM: ${title}`, code(command)]),
    ),
    "## Keys in the panels",
    "Tab leads from place to place. No key of VS Code is taken; bind your own to the commands above.",
    table(["where", "keys"], KEYS),
    "## Settings",
    settingsTable(manifest),
    "## Plans: `NAME.dfxrm.json`",
    "JSON with comments. Paths are relative to the file and stay inside the workspace. Unknown keys are kept.",
    keysOf("dfxrm-plan.schema.json"),
    "## Instruments: `NAME.dfxrm-instrument.json`",
    "What is not known is null, and is then not checked. The stack is listed from the floor to the sample.",
    keysOf("dfxrm-instrument.schema.json"),
    "## Lenses: `NAME.dfxrm-lens.json`",
    "Files `NAME.lens` of DF-XRM_viz are read as they are.",
    keysOf("dfxrm-lens.schema.json"),
    "## The df-xrm command",
    ["```", ...Object.values(COMMANDS).map(({ usage, summary }) => `df-xrm ${usage}\n    ${summary}`), "```"].join(
      "\n",
    ),
    "Exit status: 0 done, 1 the answer is no, 2 wrong use. With `--json` the output is stable, in full precision, unknown values null.",
    "",
  ].join("\n\n");
}

const KEYS: readonly (readonly string[])[] = [
  [
    "Anywhere in a panel",
    "Ctrl+Z takes back the last edit of the plan, Ctrl+Shift+Z or Ctrl+Y does it again (Cmd on a Mac).",
  ],
  [
    "Field",
    "Enter takes what is typed, Esc takes it back. ↑ ↓ change energy, sizes and distances by a step, with Shift by a larger one.",
  ],
  ["Picture", KEY_HELP],
  ["Menu", "Enter or ↓ opens it, ↑ ↓ Home End choose, Esc closes it."],
  ["Plot", "← → move the cursor, with Shift faster, Home and End to the ends, Enter takes its value into the plan."],
  [
    "Table of reflections",
    "↑ ↓ Page Up Page Down Home End move through the rows, Enter or Space chooses one. Column heads sort.",
  ],
];

/** The table of settings, which the README has too. */
export const settingsTable = ({ contributes }: Manifest): string =>
  table(
    ["setting", "default", "what it does"],
    Object.entries(contributes.configuration.properties)
      .toSorted(([, a], [, b]) => a.order - b.order)
      .map(([name, property]) => [code(name), code(JSON.stringify(property.default)), property.markdownDescription]),
  );

export const manifestSettings = (): string =>
  settingsTable(JSON.parse(readFileSync(inRoot("package.json"), "utf8")) as Manifest);

function keyRows({ properties = {}, required = [] }: Schema, path = ""): string[][] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    if (key === "$schema") return [];
    const name = `${path}${key}`;
    const optional = required.includes(key) ? "" : ", optional";
    const inner = Array.isArray(schema.items) ? undefined : (schema.items as Schema | undefined);
    return [
      [code(name), `${kindOf(schema)}${optional}`, schema.description ?? ""],
      ...keyRows(schema, `${name}.`),
      ...(inner ? keyRows(inner, `${name}[].`) : []),
      ...(schema.anyOf ?? []).flatMap((alternative) => keyRows(alternative, `${name}.`)),
    ];
  });
}

function kindOf({ type, const: only, enum: values, items, anyOf }: Schema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(" or ");
  if (anyOf) return [...new Set(anyOf.map(kindOf))].join(" or ");
  if (Array.isArray(items)) return `${items.length} numbers`;
  return (
    { object: "object", array: "list", string: "text", number: "number", boolean: "true or false" }[type ?? ""] ??
    type ??
    ""
  );
}

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`)
    .join("\n");
