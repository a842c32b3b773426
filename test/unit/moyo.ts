/** moyo, the symmetry oracle: its functions work after this module is loaded. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initSync } from "@spglib/moyo-wasm";

initSync({ module: readFileSync(createRequire(import.meta.url).resolve("@spglib/moyo-wasm/moyo_wasm_bg.wasm")) });

export { analyze_cell, hall_symbol_entry, type MoyoOperation, operations_from_number } from "@spglib/moyo-wasm";
