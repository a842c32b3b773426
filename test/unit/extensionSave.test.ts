import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Uri } from "vscode";
import { FILE_KINDS, type MadeFile, parseViewToHost } from "../../core/protocol/index.ts";
import { fileName, type SavingPorts, saveFile } from "../../extension/saveFile.ts";

const uri = (path: string) => ({ path, toString: () => path }) as Uri;
const refusal = (code: string) => Object.assign(new Error(`${code} (FileSystemError)`), { code });

/** A host that answers the dialog with `places` in turn; `bad` places cannot be written. */
function hostOf(places: readonly (string | undefined)[], bad: Readonly<Record<string, string>> = {}, again = true) {
  const written = new Map<string, string>();
  const told: string[] = [];
  const asked: string[] = [];
  const rest = [...places];
  const ports: SavingPorts = {
    ask: async (name, _kind, origin) => {
      asked.push(`${origin.path} > ${name}`);
      const place = rest.shift();
      return place === undefined ? undefined : uri(place);
    },
    write: async (place, content) => {
      const code = bad[place.path];
      if (code !== undefined) throw refusal(code);
      written.set(place.path, new TextDecoder().decode(content));
    },
    tellSaved: (place) => void told.push(`saved ${place.path}`),
    tellFailed: async (sentence) => {
      told.push(sentence);
      return again;
    },
  };
  return { ports, written, told, asked };
}
const table: MadeFile = { name: "LiNbO₃ Reflexe 反射", kind: "csv", data: "h,k,l\n0,0,6\n" };

describe("saving what a panel has made", () => {
  test("asks beside the origin, writes all of it and says so", async () => {
    const { ports, written, told, asked } = hostOf(["/e/LiNbO₃ Reflexe 反射.csv"]);
    assert.deepEqual(await saveFile(table, uri("/e/a.cif"), ports), { ok: true });
    assert.deepEqual(asked, ["/e/a.cif > LiNbO₃ Reflexe 反射.csv"]);
    assert.deepEqual([...written], [["/e/LiNbO₃ Reflexe 反射.csv", "h,k,l\n0,0,6\n"]]);
    assert.deepEqual(told, ["saved /e/LiNbO₃ Reflexe 反射.csv"]);
  });

  test("bytes are written as they are", async () => {
    const { ports } = hostOf(["/p.png"]);
    let content = new Uint8Array();
    const data = new Uint8Array([0x89, 0x50, 0xff, 0]);
    const write = async (_place: Uri, bytes: Uint8Array) => {
      content = new Uint8Array(bytes);
    };
    await saveFile({ name: "p", kind: "png", data }, uri("/a.cif"), { ...ports, write });
    assert.deepEqual(content, data);
  });

  test("a cancelled dialog writes nothing, says nothing and is no failure", async () => {
    const { ports, written, told } = hostOf([undefined]);
    assert.deepEqual(await saveFile(table, uri("/e/a.cif"), ports), { ok: true });
    assert.deepEqual([written.size, told.length], [0, 0]);
  });

  test("a read-only folder is named as the reason, and the same content goes to another place", async () => {
    const { ports, written, told } = hostOf(["/ro/t.csv", "/rw/t.csv"], { "/ro/t.csv": "NoPermissions" });
    assert.deepEqual(await saveFile(table, uri("/ro/a.cif"), ports), { ok: true });
    assert.match(told[0] ?? "", /^t\.csv was not saved: .*read-only/);
    assert.deepEqual([...written.keys()], ["/rw/t.csv"]);
  });

  for (const [code, words] of [
    ["FileNotFound", /folder is not there/],
    ["FileIsADirectory", /a folder has this name/],
    ["Unavailable", /out of reach/],
    ["Unknown", /Unknown \(FileSystemError\)/],
  ] as const) {
    test(`${code} is told in words, and again in the reply where the user gives up`, async () => {
      const { ports, told } = hostOf(["/x.csv"], { "/x.csv": code }, false);
      const outcome = await saveFile(table, uri("/a.cif"), ports);
      assert.ok(!outcome.ok);
      assert.match(outcome.error, words);
      assert.deepEqual(told, [outcome.error]);
    });
  }
});

describe("names of files to save", () => {
  const cases: readonly [string, MadeFile["kind"], string][] = [
    ["LiNbO3", "svg", "LiNbO3.svg"],
    ["LiNbO3.svg", "svg", "LiNbO3.svg"],
    ["LiNbO3.SVG", "svg", "LiNbO3.svg"],
    ["LiNbO3.svg", "png", "LiNbO3.svg.png"],
    ["../../etc/passwd", "txt", "-..-etc-passwd.txt"],
    ["a:b|c?d*e", "csv", "a-b-c-d-e.csv"],
    ["line\nbreak\u0000", "csv", "line-break-.csv"],
    ["Größe Å 反射 μ", "md", "Größe Å 反射 μ.md"],
    ["e\u0301", "md", "\u00e9.md"],
    [" . ", "md", "df-xrm.md"],
    ["", "md", "df-xrm.md"],
    ["😀".repeat(200), "md", `${"😀".repeat(100)}.md`],
  ];
  for (const [suggested, kind, expected] of cases) {
    test(JSON.stringify(suggested.slice(0, 30)), () => assert.equal(fileName(suggested, kind), expected));
  }
});

describe("messages that ask to save and to copy", () => {
  test("every kind of file passes, as text and as bytes", () => {
    for (const kind of FILE_KINDS) {
      for (const data of ["text", new Uint8Array([1, 2])]) {
        const message = { t: "save", id: 1, name: "n", kind, data };
        assert.deepEqual(parseViewToHost(message), message);
      }
    }
    assert.equal(parseViewToHost({ t: "copy", id: 2, text: "0 0 6" }).t, "copy");
  });

  test("anything else is refused", () => {
    for (const wrong of [
      { t: "save", id: 1, name: "n", kind: "exe", data: "" },
      { t: "save", id: 1, name: "n", kind: "svg", data: [1, 2] },
      { t: "save", name: "n", kind: "svg", data: "" },
      { t: "copy", id: 1, text: 7 },
    ]) {
      assert.equal(parseViewToHost(wrong).t, "invalid");
    }
  });
});
