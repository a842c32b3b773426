import type { Issue, TextRange } from "../../core/util/index.ts";
import { element } from "./dom.ts";

export interface IssueList {
  readonly element: HTMLElement;
  show(issues: readonly Issue[]): void;
}

const WORDS = { error: "Error", warning: "Warning", information: "Note", hint: "Note" } as const;

/** What can be done about an issue from here. */
export interface Remedy {
  readonly title: string;
  readonly run: () => void;
}

/** A list of problems, each with a link to its place where it has one, and with its remedy by its code. */
export function issueList(
  reveal: (range: TextRange, uri?: string) => void,
  remedies: ReadonlyMap<string, Remedy> = new Map(),
): IssueList {
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
          const { range, uri } = issue;
          if (range !== undefined) {
            item.append(
              " ",
              link(uri === undefined ? "Show in the CIF" : "Show in the text", () => reveal(range, uri)),
            );
          }
          const remedy = remedies.get(issue.code);
          if (remedy) item.append(" ", link(remedy.title, remedy.run));
          return item;
        }),
      );
    },
  };
}

function link(text: string, onClick: () => void): HTMLElement {
  const node = element("button", { class: "link", text, attributes: { type: "button" } });
  node.addEventListener("click", onClick);
  return node;
}
