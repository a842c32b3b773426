export type { Camera, DetectorArm, GoniometerAxis, InstrumentProfile, ProfileSource } from "./profile.ts";
export { INSTRUMENTS, instrumentById } from "./shipped.ts";
