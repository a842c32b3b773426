import type { Issue, TextRange } from "../../core/util/index.ts";
import { element } from "./dom.ts";

export interface IssueList {
  readonly element: HTMLElement;
  show(issues: readonly Issue[]): void;
}

const WORDS = { error: "Error", warning: "Warning", information: "Note", hint: "Note" } as const;

/** A list of problems, each with a link to its place in the CIF where it has one. */
export function issueList(reveal: (range: TextRange) => void): IssueList {
  const list = element("ul", { class: "issues", attributes: { "aria-label": "Problems" } });
  list.hidden = true;
  let shown = "";
  return {
    element: list,
    show: (issues) => {
      const key = JSON.stringify(issues);
      if (key === shown) return;
      shown = key;
      list.hidden = issues.length === 0;
      list.replaceChildren(
        ...issues.map((issue) => {
          const item = element(
            "li",
            { class: `issue is-${issue.severity}`, attributes: { "data-code": issue.code } },
            element("strong", { text: `${WORDS[issue.severity]}: ` }),
            issue.message,
          );
          const { range } = issue;
          if (range !== undefined) {
            const link = element("button", { class: "link", text: "Show in the CIF" });
            link.addEventListener("click", () => reveal(range));
            item.append(" ", link);
          }
          return item;
        }),
      );
    },
  };
}
