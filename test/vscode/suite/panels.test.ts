import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../../scripts/lib/until.ts";
import { closeAll, openExample } from "./documents.ts";

const panels = ["geometry", "reflections", "attenuation"] as const;

suite("panels", () => {
  teardown(closeAll);

  for (const panel of panels) {
    const command = `dfxrm.show${panel[0]!.toUpperCase()}${panel.slice(1)}`;
    test(`${command} opens the panel beside the CIF, once`, async () => {
      await openExample("LiNbO3.cif");
      await vscode.commands.executeCommand(command);
      const [tab] = await until("the tab", () => (tabsOf(panel).length > 0 ? tabsOf(panel) : false));
      assert.equal(tab!.group.viewColumn, vscode.ViewColumn.Two);
      assert.match(tab!.label, /LiNbO3/);
      await vscode.commands.executeCommand(command);
      assert.equal(tabsOf(panel).length, 1);
    });
  }

  test("a panel without a crystal takes the first that is opened, and stays with it", async () => {
    await vscode.commands.executeCommand("dfxrm.showLens");
    await until("the panel", () => tabsOf("lens").some(({ label }) => label === "Lens"));
    await openExample("silicon.cif");
    await until("its crystal", () => tabsOf("lens").some(({ label }) => label === "Lens: silicon (draft)"));
    await openExample("diamond.cif");
    await vscode.commands.executeCommand("dfxrm.showAttenuation");
    await until("another panel", () => tabsOf("attenuation").some(({ label }) => /diamond/.test(label)));
    assert.deepEqual(
      tabsOf("lens").map(({ label }) => label),
      ["Lens: silicon (draft)"],
    );
  });

  test("an example opens as a new document, so that the extension's own file stays as it is", async () => {
    const chosen = vscode.commands.executeCommand("dfxrm.openExample");
    await until("the example", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return vscode.window.activeTextEditor !== undefined;
    });
    await chosen;
    const { document } = vscode.window.activeTextEditor!;
    assert.equal(document.isUntitled, true);
    assert.equal(document.languageId, "cif");
    assert.match(document.getText(), /_cell_length_a/);
  });
});

function tabsOf(panel: string): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(`dfxrm.${panel}`));
}
