import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type LeftPanel, OPEN_AGAIN, PANEL_KINDS, type PanelKind, parseLeftPanel } from "../../core/protocol/index.ts";
import { until } from "../../scripts/lib/until.ts";
import {
  closeBrowser,
  EXAMPLE,
  fieldLine,
  NONCE,
  type OpenPanel,
  openPanel,
  result,
  sentOf,
  takeExample,
  type,
  untilShown,
} from "./harness.ts";

const KINDS: readonly PanelKind[] = ["geometry", "attenuation", "reflections"];

const BROKEN: readonly { readonly what: string; readonly cif: string; readonly message: RegExp }[] = [
  { what: "an empty file", cif: "", message: /empty/ },
  { what: "a binary file", cif: "\u0000\u0001\u0002PNG\uFFFD\uFFFD\u0003", message: /\S/ },
  { what: "no cell", cif: "data_x\n_chemical_name_common water\n", message: /cell/ },
  { what: "no atoms", cif: EXAMPLE.slice(0, EXAMPLE.indexOf("_atom_site_label") - 7), message: /atoms/ },
  { what: "an unknown element", cif: EXAMPLE.replace("Nb1  Nb5+", "Xx1  Xx5+"), message: /Xx/ },
  { what: "? for a cell length", cif: EXAMPLE.replace("5.14829", "?"), message: /[Cc]ell length a/ },
];

describe("A panel whose CIF gives no crystal", () => {
  after(closeBrowser);

  for (const { what, cif, message } of BROKEN) {
    test(`says so from the start: ${what}`, async () => {
      for (const kind of KINDS) {
        const panel = await openPanel(kind, { cif });
        const text = (await panel.page.getByRole("list", { name: "Problems" }).first().textContent()) ?? "";
        assert.match(text, message, `${kind}: ${text}`);
        assert.doesNotMatch((await panel.page.locator("body").textContent()) ?? "", /NaN|undefined|Infinity|\[object/);
        assert.ok((await panel.page.getByRole("textbox").count()) > 0, "the inputs are there");
        assert.deepEqual(panel.faults, []);
        await panel.close();
      }
    });
  }

  test("keeps the last good result, greyed, with a link to the place", async () => {
    for (const kind of KINDS) {
      const panel = await openPanel(kind);
      const shown = (await panel.page.locator(".panel").textContent()) ?? "";
      // The notice takes the room of the last rows of a long table.
      const numbers = (shown.match(/\d+\.\d{4}/g) ?? []).slice(0, 30);
      const broken = EXAMPLE.replace("5.14829", "?");
      await panel.setCif(broken);
      await panel.page.getByText("Greyed: results of the last input that worked.").waitFor();
      const now = (await panel.page.locator(".panel").textContent()) ?? "";
      for (const number of numbers) assert.ok(now.includes(number), `${kind} keeps ${number}`);
      await panel.page.getByRole("button", { name: "Show in the CIF" }).first().click();
      const [reveal] = await until("the request", () => sentOf(panel, "reveal").length > 0 && sentOf(panel, "reveal"));
      assert.equal(broken.slice(reveal?.range.start, reveal?.range.end), "?");
      await panel.setCif(EXAMPLE);
      await until("all good again", async () => !(await panel.page.locator(".panel.is-stale").isVisible()));
      assert.equal((await panel.page.locator(".panel").textContent()) ?? "", shown);
      assert.deepEqual(panel.faults, []);
      await panel.close();
    }
  });
});

describe("A panel whose CIF is gone", () => {
  after(closeBrowser);

  for (const kind of PANEL_KINDS) {
    test(`says so and offers other crystals, and the plan that names it: ${kind}`, async () => {
      const panel = await openPanel(kind, { cif: null, planFile: "a.dfxrm.json" });
      await panel.page.getByText("LiNbO3.cif cannot be read").first().waitFor();
      await panel.page.getByRole("button", { name: "Open a CIF file…" }).click();
      await panel.page.getByRole("button", { name: "Open the plan" }).click();
      await takeExample(panel);
      const asked = sentOf(panel, "command").map(({ name }) => name);
      assert.deepEqual(asked, ["openCif", "openPlanText"]);

      const offer = panel.page.getByRole("button", { name: "Open the example" });
      await panel.setCif(EXAMPLE);
      await offer.waitFor({ state: "detached" });
      await panel.setCif(null);
      await offer.waitFor();
      await panel.page.getByText("Greyed: results of the last input that worked.").waitFor();
      await panel.setCif("data_x");
      await panel.page.getByText("LiNbO3.cif cannot be read").first().waitFor({ state: "detached" });
      assert.equal(await offer.count(), 0, "a text that gives no crystal is mended where it is");
      assert.deepEqual(panel.faults, []);
      await panel.close();
    });
  }

  test("a draft has no text to open", async () => {
    const panel = await openPanel("attenuation", { cif: null });
    await panel.page.getByRole("button", { name: "Open the example" }).waitFor();
    assert.equal(await panel.page.getByRole("button", { name: "Open the plan" }).count(), 0);
    await panel.close();
  });
});

describe("An input that cannot be used", () => {
  after(closeBrowser);

  const CASES: readonly {
    readonly kind: PanelKind;
    readonly name: string;
    readonly text: string;
    readonly field: string;
    readonly message: RegExp;
  }[] = [
    { kind: "geometry", name: "Energy in keV", text: "0", field: "beam.energy_keV", message: /0 keV.*1 to 150 keV/ },
    {
      kind: "geometry",
      name: "Energy in keV",
      text: "1e9",
      field: "beam.energy_keV",
      message: /above the X-ray tables/,
    },
    {
      kind: "geometry",
      name: "Energy in keV",
      text: "light",
      field: "beam.energy_keV",
      message: /"light" is not an energy/,
    },
    { kind: "geometry", name: "Wavelength in Å", text: "0", field: "beam.wavelength", message: /greater than 0/ },
    { kind: "geometry", name: "Reflection in h k l", text: "0 0 0", field: "reflection.hkl", message: /direct beam/ },
    {
      kind: "geometry",
      name: "Reflection in h k l",
      text: "1 0",
      field: "reflection.hkl",
      message: /three whole numbers/,
    },
    { kind: "geometry", name: "Up", text: "1 0", field: "sample.up", message: /three numbers/ },
    { kind: "geometry", name: "Up", text: "1 0 0", field: "sample.up", message: /\(1,0,0\).*\[1,0,0\]/ },
    { kind: "geometry", name: "Thickness in µm", text: "-5", field: "sample.thickness_um", message: /above 0/ },
    { kind: "attenuation", name: "Energy in keV", text: "0", field: "beam.energy_keV", message: /1 to 150 keV/ },
    { kind: "attenuation", name: "Thickness in µm", text: "0", field: "sample.thickness_um", message: /above 0/ },
    { kind: "reflections", name: "Energy in keV", text: "1e9", field: "beam.energy_keV", message: /1 to 150 keV/ },
  ];

  for (const kind of KINDS) {
    describe(kind, () => {
      let panel: OpenPanel;
      before(async () => {
        panel = await openPanel(kind);
      });
      after(() => panel.close());

      for (const { name, text, field, message } of CASES.filter((one) => one.kind === kind)) {
        test(`${name} "${text}" is said at the field, and never enters the plan`, async () => {
          const planned = panel.plan();
          const input = panel.page.getByRole("textbox", { name, exact: true });
          const good = await input.inputValue();
          await type(panel, name, text);
          await until("the message", async () => message.test(await fieldLine(panel, field)));
          await until("the mark", async () => (await input.getAttribute("aria-invalid")) === "true");
          assert.match((await input.getAttribute("aria-description")) ?? "", message);
          assert.equal(await input.inputValue(), text === "1e9" ? "1000000000" : text);
          await panel.page.getByText("Greyed: results of the last input that worked.").waitFor();
          assert.doesNotMatch(
            (await panel.page.locator("body").textContent()) ?? "",
            /NaN|undefined|Infinity|\[object/,
          );
          assert.equal(panel.plan(), planned);

          await input.press("Escape");
          await until("good again", async () => (await input.getAttribute("aria-invalid")) === null);
          await untilShown(panel, name, good);
          await until("no grey", async () => (await panel.page.locator(".panel.is-stale").count()) === 0);
          assert.deepEqual(panel.faults, []);
        });
      }
    });
  }

  test("what only the geometry refuses is said at the field that causes it", async () => {
    const panel = await openPanel("geometry", { ops: [{ path: ["reflection"], value: { hkl: [0, 0, 6] } }] });
    const twoTheta = await result(panel, "twoTheta");
    await type(panel, "Exit face", "(0,0,1)");
    await until("the message", async () => /parallel to Q \(0,0,6\)/.test(await fieldLine(panel, "sample.exit")));
    assert.equal(await result(panel, "twoTheta"), twoTheta);
    await type(panel, "Exit face", "(1,0,0)");
    await until("good again", async () => (await panel.page.locator(".panel.is-stale").count()) === 0);
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });
});

describe("Messages between host and panel", () => {
  after(closeBrowser);

  test("a message that is none of ours is refused, logged and does no harm", async () => {
    const panel = await openPanel("geometry");
    const before = await result(panel, "twoTheta");
    await panel.post({ t: "plan", plan: "nonsense" });
    await panel.post(42);
    await until("the log", () => panel.faults.length === 2);
    assert.ok(panel.faults.every((fault) => fault.startsWith("log: Message from the extension refused")));
    await type(panel, "Energy in keV", "20");
    await until("it goes on", async () => (await result(panel, "twoTheta")) !== before);
    await panel.close();
  });

  test("a host that does not answer is said, and asked to open the panel again with what it has not taken", async () => {
    const panel = await openPanel("attenuation");
    await type(panel, "From in keV", "8");
    panel.halt();
    await type(panel, "Energy in keV", "20");
    const notice = panel.page.getByRole("alert").filter({ hasText: "does not answer" });
    await notice.waitFor();
    const [link, ...others] = await panel.commands();
    assert.deepEqual(others, [], "it asks once");
    const [, command, json = ""] = /^command:([\w.]+)\?(.*)$/.exec(link ?? "") ?? [];
    assert.equal(command, OPEN_AGAIN);
    // VS Code decodes it twice.
    const [left] = JSON.parse(decodeURIComponent(decodeURIComponent(json))).map(parseLeftPanel) as [LeftPanel];
    assert.deepEqual(left.state, await panel.state());
    const energy = { path: ["beam", "energy_keV"], value: 20 };
    assert.deepEqual([left.panel, left.page, left.edits.map(({ ops }) => ops)], ["attenuation", NONCE, [[energy]]]);
    assert.equal(panel.plan().beam.energy_keV, 17);
    panel.goOn();
    await notice.waitFor({ state: "hidden" });
    await until("the edit is taken", () => panel.plan().beam.energy_keV === 20);

    const next = await openPanel("attenuation", { isEmpty: true });
    await next.post({ t: "restore", state: left.state, edits: left.edits });
    await next.start();
    await untilShown(next, "From in keV", "8");
    await until("the edit is taken", () => next.plan().beam.energy_keV === 20);
    assert.deepEqual([...panel.faults, ...next.faults], []);
    await panel.close();
    await next.close();
  });

  test("an edit that the host refuses is taken back and said", async () => {
    const panel = await openPanel("geometry", { refuseEdits: "The plan is read-only." });
    const before = await result(panel, "twoTheta");
    await type(panel, "Energy in keV", "20");
    await panel.page.getByText("The plan is read-only.").waitFor();
    await untilShown(panel, "Energy in keV", "17");
    await until("the result follows", async () => (await result(panel, "twoTheta")) === before);
    await panel.close();
  });

  test("the other panels are one button away", async () => {
    const panel = await openPanel("geometry");
    await panel.page.getByRole("button", { name: "Attenuation", exact: true }).click();
    await until("the request", () => sentOf(panel, "show")[0]?.panel === "attenuation");
    assert.deepEqual(panel.faults, []);
    await panel.close();
  });
});
