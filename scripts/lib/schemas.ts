import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { lensFileSchema, planSchema, profileSchema } from "../../core/experiment/index.ts";
import { settingsSchema } from "./codes.ts";

/** The JSON schemas that editors check our files by, by their names in schemas/. */
export const schemas = (): Readonly<Record<string, string>> => ({
  "dfxrm-plan.schema.json": schemaText("DF-XRM plan", planSchema),
  "dfxrm-instrument.schema.json": schemaText("DF-XRM instrument", profileSchema),
  "dfxrm-lens.schema.json": schemaText("DF-XRM lens", lensFileSchema),
  "dfxrm-settings.schema.json": settingsSchema(),
});

function schemaText(title: string, schema: GenericSchema): string {
  const generated = toJsonSchema(schema, {
    target: "draft-07",
    typeMode: "input",
    // The converter knows titles and descriptions only; the rest of what we note is JSON schema already.
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === "metadata" && "metadata" in valibotAction
        ? { ...jsonSchema, ...(valibotAction.metadata as object) }
        : undefined,
  });
  return `${JSON.stringify({ ...generated, title, allowComments: true, allowTrailingCommas: true }, null, 2)}\n`;
}
