/** The entry that VS Code calls in its extension host: runs the suite and rejects if a test fails. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "tdd", color: false, timeout: 20_000, forbidPending: true });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await import("./suite/editing.test.ts");
  await import("./suite/experimentFiles.test.ts");
  await import("./suite/extension.test.ts");
  await import("./suite/language.test.ts");
  await import("./suite/panels.test.ts");
  await import("./suite/plans.test.ts");
  await import("./suite/severities.test.ts");
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
