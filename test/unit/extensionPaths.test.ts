import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isInside } from "../../extension/paths.ts";

describe("paths that settings name", () => {
  test("are relative and stay inside the workspace", () => {
    for (const path of ["a.dic", "dictionaries/a.dic", "a..b/c.dic", "./a.dic"]) assert.ok(isInside(path), path);
    const outside = ["/etc/a", "\\a", "../a", "a/../../b", "a\\..\\b", "C:/a", "file:///a", "https://host/a", ".."];
    for (const path of outside) assert.ok(!isInside(path), path);
  });
});
