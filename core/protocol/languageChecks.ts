import * as v from "valibot";

/** Whether what the language server and its client send each other is what it should be. */

const issues = v.array(v.looseObject({ code: v.string(), message: v.string() }));
const hkl = v.tuple([v.number(), v.number(), v.number()]);
/** Plans, crystals and instruments are checked by their outline: they come from our own readers. */
const plan = v.looseObject({ version: v.literal(1), beam: v.looseObject({}), sample: v.looseObject({}) });
const instrument = v.looseObject({ stack: v.array(v.looseObject({ name: v.string() })) });
const crystal = v.looseObject({
  cell: v.looseObject({}),
  sites: v.array(v.unknown()),
  spaceGroup: v.looseObject({ operations: v.array(v.unknown()) }),
});

const resourceAnswer = v.union([
  v.looseObject({ uri: v.string(), text: v.string() }),
  v.looseObject({ problem: v.string(), uri: v.optional(v.string()) }),
]);

const schemas = {
  crystalParams: v.looseObject({
    uri: v.string(),
    text: v.optional(v.string()),
    block: v.optional(v.string()),
    energy_keV: v.number(),
    experiment: v.optional(v.looseObject({ plan, instrument })),
  }),
  crystalAnswer: v.looseObject({
    block: v.nullable(v.string()),
    blocks: v.array(v.string()),
    crystal: v.nullable(crystal),
    issues,
    defaultHkl: v.nullable(hkl),
  }),
  exportParams: v.looseObject({
    name: v.string(),
    plan,
    crystal,
    hkl: v.nullable(hkl),
    instrument,
    lens: v.nullable(v.looseObject({ series: v.array(v.unknown()) })),
    files: v.array(v.looseObject({ path: v.string(), sha256: v.nullable(v.string()) })),
    issues,
    software: v.string(),
    date: v.string(),
  }),
  exportAnswer: v.union([
    v.looseObject({ ok: v.literal(true), value: v.looseObject({ name: v.string(), svg: v.string() }), issues }),
    v.looseObject({ ok: v.literal(false), issues }),
  ]),
  planSummaryParams: v.looseObject({ uri: v.string(), text: v.string(), name: v.string() }),
  planSummary: v.string(),
  resourceParams: v.looseObject({ path: v.string(), base: v.optional(v.string()) }),
  resourceAnswer,
  resourceChange: v.looseObject({ uri: v.string() }),
  fileState: v.looseObject({
    uri: v.string(),
    summary: v.string(),
    detail: v.string(),
    severity: v.picklist(["error", "warning", "none"]),
  }),
} as const;

export type LanguageMessage = keyof typeof schemas;

/** Why a value is not the message that it should be; undefined where it is. */
export function wrongMessage(kind: LanguageMessage, value: unknown): string | undefined {
  const parsed = v.safeParse(schemas[kind] as v.GenericSchema, value);
  if (parsed.success) return undefined;
  const [{ message, path }] = parsed.issues;
  const place = path?.map(({ key }) => String(key)).join(".");
  return place ? `${place}: ${message}` : message;
}
