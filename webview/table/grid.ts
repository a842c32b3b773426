import { element, setAttributes, setText, uniqueId } from "../ui/dom.ts";
import "./grid.css";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  /** At least, in heights of the font; room that is left is shared in proportion. */
  readonly width_em: number;
  text(row: Row): string;
  /** What a screen reader says where the text is a mark. */
  spoken?(row: Row): string;
  /** Left aligned: its cells are words. */
  readonly isText?: boolean;
  /** The order in which a sort by this column begins. */
  readonly firstOrder: SortOrder;
  compare(a: Row, b: Row): number;
}

export type SortOrder = "ascending" | "descending";

export interface Sort {
  readonly key: string;
  readonly order: SortOrder;
}

export interface GridOptions<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  onChoose(row: Row): void;
  onSort(sort: Sort): void;
}

export interface GridState<Row> {
  /** Filtered and sorted. */
  readonly rows: readonly Row[];
  readonly sort: Sort;
  readonly chosen: Row | null;
}

export interface Grid<Row> {
  readonly element: HTMLElement;
  show(state: GridState<Row>): void;
}

/** Rows drawn beyond both ends of the window, so that scrolling shows no gaps. */
const MARGIN_ROWS = 8;
const PAGE_ROWS = 15;

/**
 * A table of which only the rows in the window exist. It is one tab stop: arrow keys move an active row
 * (`aria-activedescendant`, because a row that scrolls away is gone), Enter or a click chooses it.
 */
export function createGrid<Row>(options: GridOptions<Row>): Grid<Row> {
  const rowId = uniqueId("row");
  const header = headerRow(options);
  const body = element("div", { class: "grid-body", attributes: { role: "rowgroup" } });
  const grid = element(
    "div",
    {
      class: "grid",
      attributes: {
        role: "grid",
        tabindex: "0",
        "aria-label": options.label,
        "aria-colcount": String(options.columns.length),
      },
    },
    element("div", { class: "grid-head", attributes: { role: "rowgroup" } }, header.element),
    body,
  );
  // Every row is its own grid: lengths that do not depend on content keep their columns in line.
  const widths_em = options.columns.map(({ width_em }) => width_em);
  grid.style.setProperty("--columns", widths_em.map((width) => `minmax(${width}em, ${width}fr)`).join(" "));
  grid.style.setProperty("--row-width", `${widths_em.reduce((sum, width) => sum + width, 0)}em`);
  let state: GridState<Row> = { rows: [], sort: { key: "", order: "ascending" }, chosen: null };
  let active = -1;
  let rowHeight_px = 24;

  const paint = (): void => {
    const first = Math.max(0, Math.floor(grid.scrollTop / rowHeight_px) - MARGIN_ROWS);
    const count = Math.ceil(grid.clientHeight / rowHeight_px) + 2 * MARGIN_ROWS;
    const last = Math.min(state.rows.length, first + count);
    const nodes: HTMLElement[] = [];
    for (let index = first; index < last; index++) {
      const node = (body.children[index - first] as HTMLElement | undefined) ?? bodyRow(options.columns);
      fillRow(node, index);
      nodes.push(node);
    }
    if (body.children.length !== nodes.length) body.replaceChildren(...nodes);
    body.style.height = `${state.rows.length * rowHeight_px}px`;
    const isActiveDrawn = active >= first && active < last;
    setAttributes(grid, {
      "aria-rowcount": String(state.rows.length + 1),
      "aria-activedescendant": isActiveDrawn ? `${rowId}-${active}` : undefined,
    });
  };

  const fillRow = (node: HTMLElement, index: number): void => {
    const row = state.rows[index];
    if (row === undefined) return;
    const isChosen = row === state.chosen;
    node.style.transform = `translateY(${index * rowHeight_px}px)`;
    node.style.height = `${rowHeight_px}px`;
    node.classList.toggle("is-active", index === active);
    setAttributes(node, {
      id: `${rowId}-${index}`,
      "aria-rowindex": String(index + 2),
      "aria-selected": String(isChosen),
    });
    options.columns.forEach((column, i) => {
      const cell = node.children[i];
      if (!cell) return;
      const text = column.text(row);
      setText(cell, text);
      if (column.isText) setAttributes(cell, { title: text });
      if (column.spoken) setAttributes(cell, { "aria-label": column.spoken(row) });
    });
  };

  const scrollTo = (index: number): void => {
    const top = index * rowHeight_px;
    const room = grid.clientHeight - header.element.offsetHeight - rowHeight_px;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
  };
  const activate = (index: number): void => {
    if (state.rows.length === 0) return;
    active = Math.min(Math.max(index, 0), state.rows.length - 1);
    scrollTo(active);
    paint();
  };
  const choose = (index: number): void => {
    const row = state.rows[index];
    if (row !== undefined) options.onChoose(row);
  };

  grid.addEventListener("scroll", paint);
  new ResizeObserver(() =>
    requestAnimationFrame(() => {
      rowHeight_px = Math.ceil(Number.parseFloat(getComputedStyle(grid).fontSize) * 1.75);
      paint();
    }),
  ).observe(grid);
  grid.addEventListener("keydown", (event) => {
    if (event.target !== grid) return;
    const target = targetOfKey(event.key, active, state.rows.length);
    if (event.key === "Enter" || event.key === " ") choose(active);
    else if (target === undefined) return;
    else activate(target);
    event.preventDefault();
  });
  body.addEventListener("click", (event) => {
    const row = event.target instanceof Element ? event.target.closest("[role=row]") : null;
    if (row === null) return;
    const index = Number(row.getAttribute("aria-rowindex")) - 2;
    activate(index);
    choose(index);
  });

  return {
    element: grid,
    show: (next) => {
      const isOtherChoice = next.chosen !== state.chosen || next.rows !== state.rows;
      state = next;
      header.show(next.sort);
      if (isOtherChoice) {
        active = next.chosen === null ? -1 : next.rows.indexOf(next.chosen);
        if (active >= 0) scrollTo(active);
      }
      paint();
    },
  };
}

function targetOfKey(key: string, active: number, rows: number): number | undefined {
  if (key === "ArrowDown") return active + 1;
  if (key === "ArrowUp") return active - 1;
  if (key === "PageDown") return active + PAGE_ROWS;
  if (key === "PageUp") return active - PAGE_ROWS;
  if (key === "Home") return 0;
  return key === "End" ? rows - 1 : undefined;
}

function headerRow<Row>({ columns, onSort }: GridOptions<Row>): { element: HTMLElement; show(sort: Sort): void } {
  let sort: Sort = { key: "", order: "ascending" };
  const cells = columns.map((column) => {
    const arrow = element("span", { class: "arrow", attributes: { "aria-hidden": "true" } });
    const sortButton = element("button", { attributes: { type: "button", title: column.hint } }, column.title, arrow);
    sortButton.addEventListener("click", () => {
      const turned = sort.order === "ascending" ? "descending" : "ascending";
      onSort({ key: column.key, order: sort.key === column.key ? turned : column.firstOrder });
    });
    const cell = element(
      "div",
      {
        class: column.isText ? "is-text" : "",
        attributes: { role: "columnheader", "data-column": column.key },
      },
      sortButton,
    );
    return { cell, arrow, key: column.key };
  });
  return {
    element: element(
      "div",
      { class: "grid-row", attributes: { role: "row", "aria-rowindex": "1" } },
      ...cells.map(({ cell }) => cell),
    ),
    show: (next) => {
      sort = next;
      for (const { cell, arrow, key } of cells) {
        const isSorted = key === next.key;
        setAttributes(cell, { "aria-sort": isSorted ? next.order : "none" });
        setText(arrow, isSorted ? (next.order === "ascending" ? "▲" : "▼") : "");
      }
    },
  };
}

const bodyRow = (columns: readonly { readonly isText?: boolean }[]): HTMLElement =>
  element(
    "div",
    { class: "grid-row", attributes: { role: "row" } },
    ...columns.map(({ isText }) =>
      element("div", { class: isText ? "is-text" : "", attributes: { role: "gridcell" } }),
    ),
  );
