import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { until } from "../../scripts/lib/until.ts";
import { crystalCif } from "../bench/generate.ts";
import { closeBrowser, type OpenPanel, openPanel, result, type } from "./harness.ts";

/** So many classes that the table is not made in the panel, and few enough for a test. */
const LARGE = { cif: crystalCif(300, 16), state: { v: 1, view: { twoThetaMax_deg: 25 } } } as const;
const count = async (panel: OpenPanel): Promise<number> => Number.parseInt(await result(panel, "count"), 10);
const isComputing = ({ page }: OpenPanel): Promise<boolean> => page.getByText("Computing …").isVisible();
const isDone = async (panel: OpenPanel): Promise<boolean> => (await count(panel)) > 500 && !(await isComputing(panel));

/** LiNbO3 in a general orientation. At which energy ID03 reaches (2,0,-4) takes long to find. */
const U = [
  [0.36, 0.48, -0.8],
  [-0.8, 0.6, 0],
  [0.48, 0.64, 0.6],
] as const;
const MOUNT = { path: ["sample", "orientation"], value: { U } } as const;
const QUICK = { path: ["reflection"], value: { hkl: [3, -1, -8] } } as const;
const SLOW_TEXT = "from 17.80 keV on; there may be nearer ones: the search was given up";
const QUICK_TEXT = "from 27.63 keV on";

describe("The energies at which a reflection is within reach", () => {
  after(closeBrowser);

  test("are sought in a worker, which leaves those of a reflection that is no longer chosen", async () => {
    const panel = await openPanel("reflections", { ops: [MOUNT, QUICK] });
    const shows = async (text: string): Promise<number> => {
      const began = performance.now();
      await until(text, async () => (await result(panel, "energies")) === text);
      return performance.now() - began;
    };
    const choose = (indices: string): Promise<void> => type(panel, "Reflection in h k l", indices);
    await shows(QUICK_TEXT);
    assert.equal(panel.page.workers().length, 1);
    await choose("2 0 -4");
    await shows("Searching …");
    await choose("3 -1 -8");
    const waited_ms = await shows(QUICK_TEXT);
    await choose("2 0 -4");
    const slow_ms = await shows(SLOW_TEXT);
    assert.ok(waited_ms < slow_ms / 3, `${waited_ms} ms, the search that was left takes ${slow_ms} ms`);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });
});

describe("The table of a large structure", () => {
  after(closeBrowser);

  test("is made in a worker; the last one stays, greyed, and the newest request wins", async () => {
    const panel = await openPanel("reflections", LARGE);
    await until("the table", () => isDone(panel));
    const first = await count(panel);
    assert.equal(panel.page.workers().length, 1);
    const meanwhile = await panel.page.evaluate(() => {
      const field = document.querySelector('[data-field="beam.energy_keV"] vscode-text-field') as HTMLInputElement;
      for (const energy of ["17.5", "18.5", "16"]) {
        field.value = energy;
        field.dispatchEvent(new Event("input"));
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
      }
      const shown = document.querySelector('[data-result="count"]')?.textContent ?? "";
      return { count: Number.parseInt(shown, 10), isGreyed: document.querySelector(".panel.is-stale") !== null };
    });
    assert.deepEqual(meanwhile, { count: first, isGreyed: true }, "the last table stays, greyed");
    await until("another table", async () => (await count(panel)) !== first && (await isDone(panel)));
    const own = await count(panel);
    await type(panel, "Energy in keV", "17");
    await until("the first again", async () => (await count(panel)) === first && (await isDone(panel)));
    assert.ok(own < first, "that of the last energy typed, which reaches less");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });

  test("stays where another of its rows is chosen", async () => {
    const panel = await openPanel("reflections", LARGE);
    await until("the table", () => isDone(panel));
    await panel.page.getByRole("row").nth(3).click();
    await until("the choice", () => panel.plan().reflection !== undefined);
    assert.equal(await panel.page.locator(".panel.is-stale").count(), 0);
    assert.equal(await isComputing(panel), false);
    await panel.close();
  });

  const FAULTS: readonly { readonly what: string; readonly before: () => void; readonly reason: RegExp }[] = [
    {
      what: "cannot be started",
      before: () => {
        window.Worker = class {
          constructor() {
            throw new Error("not allowed here");
          }
        } as unknown as typeof Worker;
      },
      reason: /no worker could be used \(not allowed here\)/,
    },
    {
      what: "fails later",
      before: () => {
        window.Worker = class extends EventTarget {
          terminate(): void {}
          postMessage(): void {
            setTimeout(() => this.dispatchEvent(new ErrorEvent("error", { message: "out of memory" })), 20);
          }
        } as unknown as typeof Worker;
      },
      reason: /no worker could be used \(out of memory\)/,
    },
  ];
  for (const { what, before, reason } of FAULTS) {
    test(`is made in the panel where the worker ${what}, and that is said`, async () => {
      const panel = await openPanel("reflections", { ...LARGE, before });
      await until("the table", () => isDone(panel));
      assert.match((await panel.page.locator("body").textContent()) ?? "", reason);
      assert.deepEqual(panel.faults, []);
      await panel.close();
    });
  }
});
