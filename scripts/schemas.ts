import { mkdirSync, writeFileSync } from "node:fs";
import { codesModule } from "./lib/codes.ts";
import { inRoot } from "./lib/paths.ts";
import { schemas } from "./lib/schemas.ts";

// `npm run schemas`: writes the JSON schemas anew from the validators, and the codes of problems from docs/checks.md.
mkdirSync(inRoot("schemas"), { recursive: true });
for (const [name, text] of Object.entries(schemas())) writeFileSync(inRoot("schemas", name), text);
writeFileSync(inRoot("cli", "codes.generated.ts"), codesModule());
