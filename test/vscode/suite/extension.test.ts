import assert from "node:assert/strict";
import { extensions } from "vscode";

suite("extension", () => {
  test("is present and activates", async () => {
    const extension = extensions.getExtension("df-xrm.df-xrm");
    assert.ok(extension, "VS Code does not know df-xrm.df-xrm");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
