export { parseInstrument } from "./parse.ts";
export type { Camera, DetectorArm, GoniometerAxis, InstrumentProfile, ProfileSource } from "./profile.ts";
export { profileSchema } from "./schema.ts";
export { INSTRUMENTS, instrumentById } from "./shipped/index.ts";
