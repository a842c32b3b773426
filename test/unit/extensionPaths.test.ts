import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isInside, relativePath, resolveInside } from "../../extension/paths.ts";

describe("paths that settings name", () => {
  test("are relative and stay inside the workspace", () => {
    for (const path of ["a.dic", "dictionaries/a.dic", "a..b/c.dic", "./a.dic"]) assert.ok(isInside(path), path);
    const outside = ["/etc/a", "\\a", "../a", "a/../../b", "a\\..\\b", "C:/a", "file:///a", "https://host/a", ".."];
    for (const path of outside) assert.ok(!isInside(path), path);
  });
});

describe("paths that a plan names", () => {
  test("may go up as long as they stay inside the workspace", () => {
    const cases: readonly [string, string | undefined][] = [
      ["a.cif", "/w/plans/a.cif"],
      ["./a.cif", "/w/plans/a.cif"],
      ["../cif/a.cif", "/w/cif/a.cif"],
      ["..\\cif\\a.cif", "/w/cif/a.cif"],
      ["../../a.cif", undefined],
      ["../../w2/a.cif", undefined],
      ["/w/a.cif", undefined],
      ["file:///w/a.cif", undefined],
      ["C:\\a.cif", undefined],
    ];
    for (const [path, expected] of cases) assert.equal(resolveInside("/w", "/w/plans", path), expected, path);
    for (const folder of ["", "/"]) assert.equal(resolveInside("/", folder, "a.cif"), "/a.cif");
  });

  test("lead from the plan to the CIF and back", () => {
    const cases = [
      ["/w", "/w/a.cif", "a.cif"],
      ["/w/plans", "/w/cif/a.cif", "../cif/a.cif"],
      ["/w/plans/x", "/w/a.cif", "../../a.cif"],
      ["/w", "/w/c/d/a.cif", "c/d/a.cif"],
    ] as const;
    for (const [folder, file, path] of cases) {
      assert.equal(relativePath(folder, file), path);
      assert.equal(resolveInside("/w", folder, path), file);
    }
    // The folder of a virtual workspace may be the root of its file system.
    assert.equal(relativePath("/", "/a.cif"), "a.cif");
    assert.equal(relativePath("/", "/cif/a.cif"), "cif/a.cif");
    assert.equal(relativePath("/plans", "/a.cif"), "../a.cif");
  });
});
