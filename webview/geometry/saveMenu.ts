import { LIGHT_PALETTE, type Palette, type Scene, sceneToSvg } from "../../core/scene/index.ts";
import type { Store } from "../shell/store.ts";
import { element, setText } from "../ui/dom.ts";
import { tool } from "./menu.ts";
import type { ExperimentView } from "./view/index.ts";

const BACKGROUNDS = [
  { value: "theme", text: "as here" },
  { value: "white", text: "white" },
  { value: "transparent", text: "transparent" },
] as const;
type Background = (typeof BACKGROUNDS)[number]["value"];
const WIDTHS_px = [1000, 1920, 3840] as const;

export interface Shown {
  readonly scene: Scene;
  readonly view: ExperimentView;
  /** Of the file, without its extension. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** The picture as it is seen, as a file or on the clipboard. */
export function saveMenu(store: Store, shown: () => Shown | null): readonly Node[] {
  const background = choice("Background", BACKGROUNDS);
  const width = choice(
    "Width of the PNG in pixels",
    WIDTHS_px.map((px) => ({ value: String(px), text: `${px} px` })),
  );
  width.value = "1920";
  const outcome = element("p", { class: "remark", attributes: { role: "status" } });
  const report = (done: string, error: string | undefined): void => setText(outcome, error ?? done);
  const run = (work: (present: Shown) => Promise<void>) => (): void => {
    const present = shown();
    setText(outcome, present === null ? "There is no picture yet." : "");
    if (present === null) return;
    work(present).catch((reason: unknown) => {
      setText(outcome, `It could not be done: ${reason instanceof Error ? reason.message : String(reason)}`);
    });
  };
  const svgOf = (present: Shown): string => svg(present, background.value as Background);
  const pngOf = (present: Shown): Promise<Blob> => rasterize(svgOf(present), present.view.size, Number(width.value));
  return [
    element("label", { class: "choice" }, "Background ", background),
    element("label", { class: "choice" }, "PNG width ", width),
    element(
      "div",
      { class: "choices" },
      tool(
        "Save SVG",
        run(async (present) => report("", await store.save({ name: present.name, kind: "svg", data: svgOf(present) }))),
        "Vectors, texts as texts",
      ),
      tool(
        "Save PNG",
        run(async (present) => {
          const data = new Uint8Array(await (await pngOf(present)).arrayBuffer());
          report("", await store.save({ name: present.name, kind: "png", data }));
        }),
      ),
      tool(
        "Copy picture",
        run(async (present) => {
          // The promise goes in as it is: the browser allows the copy only within the click.
          await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(present) })]);
          report("The picture is on the clipboard.", undefined);
        }),
      ),
      tool(
        "Copy description",
        run(async ({ description }) => report("The description is on the clipboard.", await store.copy(description))),
      ),
    ),
    outcome,
  ];
}

function svg({ scene, view, title, description }: Shown, background: Background): string {
  const camera = view.getCamera();
  if (camera === null) return "";
  const palette: Palette = background === "white" ? LIGHT_PALETTE : view.palette;
  return sceneToSvg(scene, camera, view.size, palette, {
    title,
    description,
    background: background === "transparent" ? null : palette.paper,
  });
}

/** The vectors at another size: what is drawn is what is seen, only finer. */
async function rasterize(
  text: string,
  size: { readonly width: number; readonly height: number },
  width_px: number,
): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = width_px;
  canvas.height = Math.round((width_px * size.height) / size.width);
  const image = new Image(canvas.width, canvas.height);
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  } finally {
    URL.revokeObjectURL(url);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser made no PNG"))), "image/png"),
  );
}

function choice(
  label: string,
  options: readonly { readonly value: string; readonly text: string }[],
): HTMLSelectElement {
  const select = element("select", { class: "select", attributes: { "aria-label": label } });
  select.append(...options.map(({ value, text }) => element("option", { text, attributes: { value } })));
  return select;
}
