import { type LeftPanel, OPEN_AGAIN, type PanelKind } from "../../core/protocol/index.ts";
import { element } from "../ui/dom.ts";
import type { Host } from "./host.ts";

/** A host that has not answered for so long is gone, or as good as gone. */
const PATIENCE_ms = 4000;

/**
 * Tells where the extension behind the panel does not answer, and has the panel opened again: an extension host that was
 * started again knows nothing of it. A host that was only busy says that it is its own, and the notice goes.
 */
export function watchHost(host: Host, panel: PanelKind, given: () => Pick<LeftPanel, "state" | "edits">): void {
  const page = document.querySelector('meta[property="csp-nonce"]')?.getAttribute("content") ?? "";
  const link = element("a", { class: "link", text: "Open it again", attributes: { href: "#" } });
  link.addEventListener("click", () => {
    const left: LeftPanel = { page, panel, hasFocus: document.hasFocus(), ...given() };
    // VS Code decodes the address twice, and URIs in the state are encoded themselves.
    const json = JSON.stringify([left]).replaceAll("%", "\\u0025");
    link.href = `command:${OPEN_AGAIN}?${encodeURIComponent(json)}`;
  });
  const notice = element(
    "p",
    { class: "issue is-error", attributes: { role: "alert" } },
    "The extension behind this panel does not answer, so the panel does not follow the file and the plan any more. ",
    link,
  );
  notice.hidden = true;
  document.body.prepend(notice);

  let isWaiting = false;
  const ask = async (): Promise<void> => {
    isWaiting = true;
    await host.request({ t: "ping" });
    isWaiting = false;
    notice.hidden = true;
  };
  void ask();
  setInterval(() => {
    if (!isWaiting) void ask();
    else if (notice.hidden) {
      notice.hidden = false;
      link.click();
    }
  }, PATIENCE_ms);
}
