import fc from "fast-check";

/** Every run tries the same cases, so that a change is judged by what it changes; `DFXRM_SEED=2 npm test` tries others. */
const { DFXRM_SEED: seed = "1" } = process.env;
fc.configureGlobal({ seed: Number(seed) });
