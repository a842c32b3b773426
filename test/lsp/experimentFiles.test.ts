/** Plans, instrument profiles and lens files: problems at the value that causes them, remedies, hovers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { CodeAction, Diagnostic, Hover, MarkupContent } from "vscode-languageserver";
import { INSTRUMENTS } from "../../core/experiment/index.ts";
import {
  NOTE_CIF,
  RESOURCE_CHANGED,
  RESOURCE_REQUEST,
  type ResourceAnswer,
  type ResourceParams,
} from "../../core/protocol/index.ts";
import { applied, createManualRuntime, positionOf, slice, startInMemory, until } from "./client.ts";

const uri = "file:///experiment/LiNbO3.dfxrm.json";
const CIF = readFileSync("examples/LiNbO3.cif", "utf8");

const PLAN = `{
  "version": 1,
  // the crystal
  "cif": { "path": "LiNbO3.cif", "block": "LiNbO3" },
  "beam": { "energy_keV": 17, "width_um": 200, "height_um": 0.6 },
  "sample": { "thickness_um": 150, "height_um": 5000, "width_um": 5000, "up": "(0,0,1)", "exit": "(-1,-1,0)" },
  "reflection": { "hkl": [0, 0, 6] },
  "instrument": "esrf-id03"
}
`;

/** A server with one open document, whose client has these files beside it. */
async function opened(
  text: string,
  files: Map<string, string> = new Map([["LiNbO3.cif", CIF]]),
  name = uri,
  capabilities: object = {},
) {
  const runtime = createManualRuntime();
  const client = await startInMemory(runtime, capabilities);
  client.connection.onRequest<ResourceAnswer, never>(RESOURCE_REQUEST, ({ path, base }: ResourceParams) => {
    assert.equal(base, name);
    const content = files.get(path);
    const place = `file:///experiment/${path}`;
    return content === undefined ? { problem: "there is no such file.", uri: place } : { uri: place, text: content };
  });
  client.open(name, text);
  const diagnostics = async (version = 1): Promise<readonly Diagnostic[]> => {
    await until(() => runtime.waiting > 0, "a reading of the file");
    runtime.flush();
    return client.diagnostics(name, version);
  };
  const ask = <T>(method: string, more: object): Promise<T> =>
    client.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri: name }, ...more });
  return { client, runtime, diagnostics, ask };
}

const told = (text: string, diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ code, range }) => `${code} ${slice(text, range)}`);

const textOf = ({ message }: Diagnostic): string => (typeof message === "string" ? message : message.value);

const withEdit = (from: string | RegExp, to: string): string => {
  const edited = PLAN.replace(from, to);
  assert.notEqual(edited, PLAN);
  return edited;
};

describe("plan files", () => {
  test("a sound plan has no error", async () => {
    const { diagnostics } = await opened(PLAN);
    const found = await diagnostics();
    assert.deepEqual(
      found.filter(({ severity }) => severity === 1),
      [],
    );
    for (const diagnostic of found) {
      assert.equal(diagnostic.source, "DF-XRM");
      assert.match(textOf(diagnostic), /\.$/);
    }
  });

  test("each slip is told at the value that causes it", async () => {
    const slips: readonly (readonly [string, string, string])[] = [
      ['"energy_keV": 17,', '"energy_keV": "17",', 'plan/shape "17"'],
      ['"energy_keV": 17,', '"energy_keV": 500,', "plan/energy-range 500"],
      ['"thickness_um": 150', '"thickness_um": -150', "plan/length -150"],
      ['"exit": "(-1,-1,0)"', '"exit": "(0,0,2)"', 'plan/exit-parallel-to-up "(0,0,2)"'],
      ['"instrument": "esrf-id03"', '"instrument": "esrf-id04"', 'plan/instrument "esrf-id04"'],
      ['"block": "LiNbO3"', '"block": "LiNbO4"', 'plan/cif-block "LiNbO4"'],
      ['"path": "LiNbO3.cif"', '"path": "gone.cif"', 'plan/cif-missing "gone.cif"'],
      ["[0, 0, 6]", "[0, 0, 3]", "light/absent [0, 0, 3]"],
      ["[0, 0, 6]", "[0, 0, 6", "json/syntax }"],
    ];
    for (const [from, to, expected] of slips) {
      const text = withEdit(from, to);
      const { diagnostics } = await opened(text);
      const found = told(text, await diagnostics());
      assert.ok(found.includes(expected), `${to}: ${expected} is not among ${found.join("; ")}`);
    }
  });

  test("a fault of another file leads to its place there", async () => {
    const cif = CIF.replace(/_cell_length_a\s+\S+/, "_cell_length_a x");
    const instrument = JSON.stringify({ ...INSTRUMENTS[0], eta_deg: "up" }, null, 2);
    const text = withEdit('"esrf-id03"', '"own.dfxrm-instrument.json"');
    const files = new Map([
      ["LiNbO3.cif", cif],
      ["own.dfxrm-instrument.json", instrument],
    ]);
    const { diagnostics } = await opened(text, files, uri, {
      textDocument: { publishDiagnostics: { relatedInformation: true } },
    });
    const found = await diagnostics();
    const placeOf = (wanted: string, content: string): string => {
      const [place] = found.find(({ code }) => code === wanted)?.relatedInformation ?? [];
      assert.ok(place, `${wanted} is not among ${told(text, found).join("; ")}`);
      return `${place.location.uri} ${slice(content, place.location.range)}`;
    };
    assert.equal(placeOf("plan/cif-broken", cif), "file:///experiment/LiNbO3.cif x");
    assert.equal(placeOf("plan/file-broken", instrument), 'file:///experiment/own.dfxrm-instrument.json "up"');
  });

  test("a misspelt key is replaced by its quick fix, and nothing else changes", async () => {
    const text = withEdit('"width_um": 200', '"widht_um": 200');
    const { diagnostics, ask } = await opened(text);
    const found = await diagnostics();
    const misspelt = found.find((diagnostic) => textOf(diagnostic).includes("widht_um is not known"));
    assert.ok(misspelt, JSON.stringify(found));
    const actions = await ask<CodeAction[]>("codeAction", {
      range: misspelt.range,
      context: { diagnostics: [misspelt] },
    });
    const edits = actions[0]?.edit?.changes?.[uri] ?? [];
    assert.equal(applied(text, edits), PLAN);
  });

  test("an unreachable reflection is warned of at its indices", async () => {
    const text = withEdit("[0, 0, 6]", "[1, -1, 2]");
    const { diagnostics } = await opened(text);
    const found = await diagnostics();
    const reach = found.filter(({ code }) => String(code).startsWith("reach/"));
    assert.ok(reach.length > 0, told(text, found).join("; "));
    assert.ok(reach.some(({ severity }) => severity === 2));
  });

  test("an energy in eV and an exit parallel to up are mended by their quick fixes", async () => {
    const slips: readonly (readonly [string, string, string])[] = [
      ['"energy_keV": 17,', '"energy_keV": 17000,', "plan/energy-range"],
      ['"exit": "(-1,-1,0)"', '"exit": "(0,0,2)"', "plan/exit-parallel-to-up"],
    ];
    for (const [from, to, code] of slips) {
      const text = withEdit(from, to);
      const { diagnostics, ask, client } = await opened(text);
      const slip = (await diagnostics()).find((diagnostic) => diagnostic.code === code);
      assert.ok(slip, code);
      const [action] = await ask<CodeAction[]>("codeAction", { range: slip.range, context: { diagnostics: [slip] } });
      const mended = applied(text, action?.edit?.changes?.[uri] ?? []);
      client.change(uri, 2, mended);
      assert.deepEqual(
        (await diagnostics(2)).filter(({ severity }) => severity === 1),
        [],
        mended,
      );
    }
  });

  test("a changed CIF is told, and accepted by its quick fix", async () => {
    const text = withEdit('"block": "LiNbO3"', `"block": "LiNbO3", "sha256": "${"0".repeat(64)}"`);
    const { diagnostics, ask, client } = await opened(text);
    const changed = (await diagnostics()).find(({ code }) => code === "plan/cif-changed");
    assert.ok(changed);
    const actions = await ask<CodeAction[]>("codeAction", {
      range: changed.range,
      context: { diagnostics: [changed] },
    });
    const accepted = applied(text, actions.find(({ title }) => title === NOTE_CIF)?.edit?.changes?.[uri] ?? []);
    assert.match(accepted, /"sha256": "[0-9a-f]{64}"/);
    client.change(uri, 2, accepted);
    assert.ok((await diagnostics(2)).every(({ code }) => code !== "plan/cif-changed"));
  });

  test("follows the files that it names", async () => {
    const files = new Map([["LiNbO3.cif", CIF]]);
    const { client, diagnostics, runtime } = await opened(PLAN, files);
    await diagnostics();
    files.delete("LiNbO3.cif");
    const before = client.published.length;
    await client.connection.sendNotification(RESOURCE_CHANGED, { uri: "file:///experiment/LiNbO3.cif" });
    await until(() => runtime.waiting > 0, "another reading");
    runtime.flush();
    await until(() => client.published.length > before, "the diagnostics of another reading");
    assert.ok(client.published.at(-1)?.diagnostics.some(({ code }) => code === "plan/cif-missing"));
  });

  test("a hover tells what a value comes to", async () => {
    const { ask } = await opened(PLAN);
    const hovers: readonly (readonly [string, RegExp])[] = [
      ["17,", /2θ = 18.*Attenuation length 174/s],
      ["[0, 0, 6]", /d = 2\\.31.*equivalents/s],
      ["150,", /Path/],
      ['"esrf-id03"', /mu 9/],
    ];
    for (const [mark, expected] of hovers) {
      const answer = await ask<Hover | null>("hover", { position: positionOf(PLAN, mark, 1) });
      assert.match((answer?.contents as MarkupContent | undefined)?.value ?? "", expected, mark);
    }
    const elsewhere = await ask<Hover | null>("hover", { position: positionOf(PLAN, "the crystal") });
    assert.equal(elsewhere, null);
  });

  test("none of the features for CIF files is offered", async () => {
    const { ask } = await opened(PLAN);
    assert.deepEqual(await ask("documentSymbol", {}), []);
    assert.deepEqual(await ask("formatting", { options: { tabSize: 2, insertSpaces: true } }), []);
    assert.equal(await ask("completion", { position: { line: 1, character: 0 } }), null);
  });
});

describe("instrument and lens files", () => {
  test("a limit that is reversed, a wrong axis and a missing key are told at their values", async () => {
    const [profile] = INSTRUMENTS;
    const template = JSON.stringify(profile, null, 2);
    const name = "file:///experiment/mine.dfxrm-instrument.json";
    const errors = async (text: string): Promise<readonly string[]> => {
      const { diagnostics } = await opened(text, new Map(), name);
      return (await diagnostics()).filter(({ severity }) => severity === 1).map(({ range }) => slice(text, range));
    };
    assert.deepEqual(await errors(template), []);
    const stack = profile?.stack ?? [];
    const broken = (change: object): string => JSON.stringify({ ...profile, ...change });
    assert.deepEqual(await errors(broken({ stack: [{ ...stack[0], axis_lab: [0, 0, 0] }, ...stack.slice(1)] })), [
      "[0,0,0]",
    ]);
    assert.deepEqual(await errors(broken({ stack: [{ ...stack[0], limits_deg: [20, 0] }, ...stack.slice(1)] })), [
      "[20,0]",
    ]);
    const nameless = stack.map(({ name: _name, ...axis }) => axis);
    assert.ok((await errors(broken({ stack: nameless })))[0]?.startsWith('{"axis_lab"'));
  });

  test("a broken lens file is told at its line", async () => {
    const text = "[lens_series_0]\nradius_of_curvature_in_µm = fifty\n";
    const found = await (await opened(text, new Map(), "file:///experiment/id06.lens")).diagnostics();
    assert.ok(found.length > 0);
    assert.equal(found[0]?.range.start.line, 1);
  });

  test("a hover in a lens file tells what a key means and comes to; of one in JSON its schema tells the meaning", async () => {
    const hoverIn = async (name: string, mark: string): Promise<string> => {
      const text = readFileSync(`examples/lenses/${name}`, "utf8");
      const { ask } = await opened(text, new Map(), `file:///experiment/${name}`);
      const answer = await ask<Hover | null>("hover", { position: positionOf(text, mark, 1) });
      return answer ? (answer.contents as MarkupContent).value : "";
    };
    const upstream = await hoverIn("id06.lens", "radius_of_curvature");
    assert.match(upstream, /^`radius_of_curvature_in_µm`\n\nRadius of curvature at the apex/);
    assert.match(upstream, /25\\\.00 µm \/ δ/);
    const own = await hoverIn("id06.dfxrm-lens.json", '"radius_um"');
    assert.doesNotMatch(own, /Radius of curvature/);
    assert.match(own, /^d₁ follows/);
    assert.equal(await hoverIn("id06.dfxrm-lens.json", '"name"'), "");
  });

  test("a misspelt key and reversed limits are mended by their quick fixes, and nothing else changes", async () => {
    const [profile] = INSTRUMENTS;
    const instrument = JSON.stringify(profile, null, 2);
    const toml = readFileSync("examples/lenses/id06.lens", "utf8");
    const json = readFileSync("examples/lenses/id06.dfxrm-lens.json", "utf8");
    const limits = /"limits_deg": \[\s*(-?[\d.]+),\s*(-?[\d.]+)\s*\]/;
    const straight = instrument.replace(limits, '"limits_deg": [$1, $2]');
    const cases: readonly (readonly [string, string, string, string])[] = [
      [
        "mine.dfxrm-instrument.json",
        straight,
        straight.replace(limits, '"limits_deg": [$2, $1]'),
        "instrument/reversed",
      ],
      [
        "mine.dfxrm-instrument.json",
        instrument,
        instrument.replace('"eta_deg"', '"eta_degg"'),
        "instrument/shape-unknown-key",
      ],
      ["id06.lens", toml, toml.replace("number_of_lenses", "number_of_lens"), "lens/unknown-key"],
      ["id06.lens", toml, toml.replace("[separator_0]", "[seperator_0]"), "lens/unknown-key"],
      ["id06.dfxrm-lens.json", json, json.replace('"radius_um"', '"radius_mu"'), "lens/unknown-key"],
      ["id06.dfxrm-lens.json", json, json.replace('"atoms"', '"atom"'), "lens/unknown-key"],
    ];
    for (const [file, sound, broken, code] of cases) {
      assert.notEqual(broken, sound, code);
      const name = `file:///experiment/${file}`;
      const { diagnostics, ask } = await opened(broken, new Map(), name);
      const slip = (await diagnostics()).find((diagnostic) => diagnostic.code === code);
      assert.ok(slip, code);
      const actions = await ask<CodeAction[]>("codeAction", { range: slip.range, context: { diagnostics: [slip] } });
      const [action] = actions.filter(({ title }) => title.startsWith("Replace by"));
      assert.equal(applied(broken, action?.edit?.changes?.[name] ?? []), sound, code);
    }
  });
});
