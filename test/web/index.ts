import "mocha/mocha.js";

/** The entry that VS Code for the Web calls in its extension host: runs the suite and rejects if a test fails. */
export async function run(): Promise<void> {
  mocha.setup({ ui: "tdd", reporter: "spec", color: false, timeout: 20_000, forbidPending: true });
  await import("./suite/extension.test.ts");
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
