import { writeFileSync } from "node:fs";
import { framesPicture } from "./lib/frames.ts";
import { inRoot } from "./lib/paths.ts";
import { reference } from "./lib/reference.ts";

// `npm run docs`: writes docs/reference.md anew from the code, and draws docs/frames.svg.
writeFileSync(inRoot("docs", "reference.md"), reference());
writeFileSync(inRoot("docs", "frames.svg"), framesPicture());
