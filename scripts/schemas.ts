import { mkdirSync, writeFileSync } from "node:fs";
import { inRoot } from "./lib/paths.ts";
import { schemas } from "./lib/schemas.ts";

// `npm run schemas`: writes the JSON schemas anew from the validators.
mkdirSync(inRoot("schemas"), { recursive: true });
for (const [name, text] of Object.entries(schemas())) writeFileSync(inRoot("schemas", name), text);
