import * as v from "valibot";

type Step = string | number;

/** The description that a schema gives of the value at a path, its own or the one inside `optional`. */
export function descriptionAt(schema: v.GenericSchema, path: readonly Step[]): string | undefined {
  const found = path.reduce<v.GenericSchema | undefined>((inner, step) => inner && childOf(inner, step), schema);
  return found && ownDescription(found);
}

const ownDescription = (schema: v.GenericSchema): string | undefined =>
  v.getDescription(schema) ?? ("wrapped" in schema ? ownDescription(schema.wrapped as v.GenericSchema) : undefined);

function childOf(schema: v.GenericSchema, step: Step): v.GenericSchema | undefined {
  if ("wrapped" in schema) return childOf(schema.wrapped as v.GenericSchema, step);
  if ("options" in schema) {
    return (schema.options as readonly v.GenericSchema[]).flatMap((option) => childOf(option, step) ?? [])[0];
  }
  if (typeof step === "number") return "item" in schema ? (schema.item as v.GenericSchema) : undefined;
  if (!("entries" in schema)) return undefined;
  const entries = schema.entries as Readonly<Record<string, v.GenericSchema>>;
  return Object.hasOwn(entries, step) ? entries[step] : undefined;
}
