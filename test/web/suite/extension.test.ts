import { extensions } from "vscode";

suite("extension in VS Code for the Web", () => {
  test("is present and activates", async () => {
    const extension = extensions.getExtension("df-xrm.df-xrm");
    if (extension === undefined) throw new Error("VS Code does not know df-xrm.df-xrm");
    await extension.activate();
  });
});
