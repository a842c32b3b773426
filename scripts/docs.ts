import { writeFileSync } from "node:fs";
import { inRoot } from "./lib/paths.ts";
import { reference } from "./lib/reference.ts";

// `npm run docs`: writes docs/reference.md anew from the code.
writeFileSync(inRoot("docs", "reference.md"), reference());
