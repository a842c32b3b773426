import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { PlanOp } from "../../core/experiment/index.ts";
import { type Item, overlap, type Rectangle, VIEW_NAMES } from "../../core/scene/index.ts";
import { launchBrowser } from "../../scripts/lib/browser.ts";
import {
  countColour,
  type Extent,
  extentOf,
  frames,
  openView,
  setTheme,
  settle,
  show,
  type ThemeName,
} from "./viewHarness.ts";

const example = (name: string): string => readFileSync(`examples/${name}.cif`, "utf8");
const LINBO3 = example("LiNbO3");
const WIDE = { width: 1000, height: 625, theme: "light" } as const;
const C_UP: readonly PlanOp[] = [
  { path: ["reflection"], value: { hkl: [0, 0, 6] } },
  { path: ["sample", "up"], value: "(0,0,1)" },
];

let browser: Browser;
let page: Page;
const problems: string[] = [];

before(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
});
after(() => browser.close());

interface ShownLabel {
  readonly text: string;
  readonly hidden: boolean;
  readonly rectangle: Rectangle;
}

const shownLabels = (): Promise<readonly ShownLabel[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".experiment-label:not(.experiment-ruler), .experiment-legend")].map(
      (element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return {
          text: element.textContent ?? "",
          hidden: element.hidden === true,
          rectangle: { left, top, width, height },
        };
      },
    ),
  );

/** Moves the pointer over the upper left of the picture until it is on a thing of that role. */
async function itemUnderPointer(role: string): Promise<Item | null> {
  for (let y = 30; y < 300; y += 9) {
    for (let x = 30; x < 300; x += 9) {
      await page.mouse.move(x, y);
      const item = await page.evaluate(() => api.itemAtPointer());
      if (item?.role === role) return item;
    }
  }
  return null;
}

const camera = () => page.evaluate(() => api.view.getCamera());

describe("the picture", () => {
  test("paints the sample, the beams and the atoms in the colours of the theme", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    assert.ok((await countColour(page, "#d18616", 40)) > 500, "incident beam");
    assert.ok((await countColour(page, "#652d90", 40)) > 500, "diffracted beam");
    assert.ok((await countColour(page, "#73c2c9", 40)) > 300, "niobium");
  });

  test("takes the colours of another theme when it is told", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await setTheme(page, "dark");
    await page.evaluate(() => api.view.readTheme());
    await settle(page);
    assert.ok((await countColour(page, "#b180d7", 40)) > 500, "diffracted beam of the dark theme");
    assert.ok((await countColour(page, "#652d90", 20)) < 50, "nothing is left of the light theme");
  });

  test("draws nothing while nothing changes, and once for a change", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    const idle = await settle(page);
    await page.mouse.move(300, 500);
    await page.mouse.move(500, 230);
    assert.equal(await settle(page), idle, "idle and hovering");
    await page.evaluate(
      (cif) => api.view.update(api.sceneOf(cif, [{ path: ["beam", "energy_keV"], value: 18 }])),
      LINBO3,
    );
    assert.equal(await settle(page), idle + 1, "after a new energy");
  });

  test("keeps the graphics card's memory over ten rebuilds", async () => {
    await openView(page, WIDE);
    const diamond = example("diamond");
    const other: readonly PlanOp[] = [{ path: ["instrument"], value: "df-xrm-viz" }];
    await show(page, LINBO3, C_UP);
    const start = await page.evaluate(() => api.view.memory);
    for (let i = 0; i < 10; i++) {
      await show(page, diamond, other);
      await show(page, LINBO3, C_UP);
    }
    assert.ok(start.geometries > 10);
    assert.deepEqual(await page.evaluate(() => api.view.memory), start);
  });

  test("follows the size of its container", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3);
    await page.setViewportSize({ width: 700, height: 500 });
    await page.waitForFunction(() => document.querySelector("canvas")?.clientWidth === 700);
    await settle(page);
    assert.equal(await page.evaluate(() => document.querySelector("canvas")?.clientHeight), 500);
    for (const { rectangle } of await shownLabels()) assert.ok(rectangle.left + rectangle.width <= 700);
  });

  test("goes with all it has made", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3);
    await page.evaluate(() => api.view.dispose());
    assert.equal(await page.evaluate(() => document.getElementById("view")?.childElementCount), 0);
  });
});

describe("labels", () => {
  const sizes = [
    { width: 1000, height: 625 },
    { width: 800, height: 600 },
    { width: 480, height: 640 },
  ];
  const themes: readonly ThemeName[] = ["light", "dark", "hcDark", "hcLight"];
  const needle: readonly PlanOp[] = [
    { path: ["sample", "thickness_um"], value: 10 },
    { path: ["sample", "width_um"], value: 10 },
  ];
  const pictures: readonly (readonly [string, readonly PlanOp[]])[] = [
    ["LiNbO3", C_UP],
    ["LiNbO3", []],
    ["LiNbO3", needle],
    ["KNbO3", []],
    ["BaTiO3", [{ path: ["instrument"], value: "df-xrm-viz" }]],
    ["YMnO3", []],
    ["diamond", [{ path: ["beam", "energy_keV"], value: 12 }]],
    ["lead", [{ path: ["beam", "energy_keV"], value: 65 }]],
    ["tungsten", []],
  ];
  pictures.forEach(([name, ops], i) => {
    test(`all are shown at home, none overlaps another or leaves the picture: ${name} ${JSON.stringify(ops)}`, async () => {
      for (const size of sizes) {
        await openView(page, { ...size, theme: themes[i % themes.length]! });
        await show(page, example(name), ops);
        await settle(page);
        const all = await shownLabels();
        const labels = all.filter(({ hidden }) => !hidden);
        assert.ok(labels.length >= 20);
        // The indices of facets that face away are not shown, and none where there is little room.
        assert.deepEqual(
          all.filter(({ hidden, text }) => hidden && !/^(≈ )?\(/.test(text)).map(({ text }) => text),
          [],
          "hidden",
        );
        if (size.width >= 800) assert.ok(all.length - labels.length <= 3, "at most three facets face away");
        labels.forEach(({ text, rectangle }, index) => {
          assert.ok(
            rectangle.left >= 0 &&
              rectangle.top >= 0 &&
              rectangle.left + rectangle.width <= size.width &&
              rectangle.top + rectangle.height <= size.height,
            `"${text}" is inside`,
          );
          for (const other of labels.slice(index + 1)) {
            assert.ok(!overlap(rectangle, other.rectangle), `"${text}" and "${other.text}" do not overlap`);
          }
        });
      }
    });
  });

  test("keep their sides while the picture is turned, and come back to their places at home", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    const home = await shownLabels();
    /** How often a text moves by more than its anchor can while the picture is turned, five degrees at a time. */
    const jumps = async (isForgotten: boolean): Promise<number> => {
      await page.evaluate(() => api.view.setView("home"));
      let [count, before] = [0, home];
      for (let step = 0; step < 18; step++) {
        await page.evaluate(async (forgets) => {
          await api.orbit(1);
          if (forgets) api.view.setCamera(api.view.getCamera()!);
        }, isForgotten);
        await settle(page);
        const now = await shownLabels();
        now.forEach(({ rectangle: { left, top }, hidden }, i) => {
          const former = before[i]!;
          if (!hidden && !former.hidden && Math.hypot(left - former.rectangle.left, top - former.rectangle.top) > 45)
            count++;
        });
        before = now;
      }
      return count;
    };
    const [kept, forgotten] = [await jumps(false), await jumps(true)];
    assert.ok(kept < 0.5 * forgotten, `${kept} jumps, ${forgotten} where each picture is the first`);
    await page.evaluate(() => api.view.setView("home"));
    await settle(page);
    assert.deepEqual(await shownLabels(), home);
  });

  test("are shown as text, whatever the file calls its block", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3.replace("data_LiNbO3", "data_<img/src=x>"), C_UP);
    assert.equal(await page.evaluate(() => document.querySelectorAll("#view img").length), 0);
    assert.ok((await shownLabels()).some(({ text }) => text.startsWith("<img/src=x>")));
  });
});

describe("camera", () => {
  test("the named views stand where the scene says", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    for (const name of VIEW_NAMES) {
      await page.evaluate((view) => api.view.setView(view), name);
      const eye = (await camera())?.eye;
      const wanted = await page.evaluate(([view, cif, ops]) => api.sceneOf(cif, ops).views[view], [
        name,
        LINBO3,
        C_UP,
      ] as const);
      assert.ok(eye);
      for (let i = 0; i < 3; i++) assert.ok(Math.abs(eye[i]! - wanted[i]!) < 1e-3, `${name}: ${eye}`);
    }
  });

  test("its state can be kept and set again, also before the first scene", async () => {
    const state = { eye: [0.6, 0, 0.8] as const, up: [0, 0, 1] as const, target: [0.1, 0.2, 0.3] as const, zoom: 2 };
    await openView(page, WIDE);
    assert.equal(await camera(), null);
    await page.evaluate((kept) => api.view.setCamera(kept), state);
    await show(page, LINBO3, C_UP);
    const shown = await camera();
    assert.ok(shown);
    assert.equal(shown.zoom, 2);
    shown.eye.forEach((x, i) => {
      assert.ok(Math.abs(x - state.eye[i]!) < 1e-9);
    });
    shown.target.forEach((x, i) => {
      assert.ok(Math.abs(x - state.target[i]!) < 1e-9);
    });
  });

  test("the keyboard orbits, pans, zooms and goes home", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    const home = await camera();
    await page.focus("#view");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    const turned = await camera();
    assert.notDeepEqual(turned?.eye, home?.eye);
    assert.ok(turned!.eye[2] !== home!.eye[2], "elevation");
    await page.keyboard.press("+");
    assert.ok((await camera())!.zoom > home!.zoom);
    await page.keyboard.press("Shift+ArrowLeft");
    assert.notDeepEqual((await camera())?.target, home?.target);
    await page.keyboard.press("Home");
    const back = await camera();
    assert.equal(back!.zoom, home!.zoom);
    assert.deepEqual(back!.target, home!.target);
    back!.eye.forEach((x, i) => {
      assert.ok(Math.abs(x - home!.eye[i]!) < 1e-9);
    });
  });

  test("the mouse orbits and zooms, and a drag picks nothing", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    const home = await camera();
    await page.mouse.move(500, 300);
    await page.mouse.down();
    await page.mouse.move(600, 340, { steps: 4 });
    await page.mouse.up();
    await page.mouse.wheel(0, -200);
    await settle(page);
    const moved = await camera();
    assert.notDeepEqual(moved?.eye, home?.eye);
    assert.ok(moved!.zoom > home!.zoom);
    assert.equal(await page.evaluate(() => api.picked.length), 0);
  });

  test("turning goes on from a view from above without turning it about the line of sight", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    for (const view of ["top", "alongQ"] as const) {
      await page.evaluate((name) => api.view.setView(name), view);
      await page.focus("#view");
      await page.keyboard.press("ArrowDown");
      const { eye, up } = (await camera())!;
      // Seen from -Y, a little below the top: X is still to the right.
      assert.ok(eye[1] < -0.05 && Math.abs(eye[0]) < 0.1, `${view}: ${eye}`);
      assert.deepEqual(up, [0, 0, 1]);
    }
  });

  test("texts stand where the camera draws their anchors", async () => {
    await openView(page, WIDE);
    assert.ok((await page.evaluate(() => api.projectionError())) < 1e-6);
  });
});

describe("pointing", () => {
  test("hovering an atom names it, clicking it gives its row of the CIF", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    const found = await itemUnderPointer("atom");
    assert.ok(found, "an atom was found under the pointer");
    await page.mouse.down();
    await page.mouse.up();
    const [picked] = await page.evaluate(() => api.picked);
    assert.equal(picked?.title, found.title);
    const label = picked!.title.slice(0, picked!.title.indexOf(" "));
    assert.ok(LINBO3.slice(picked!.source!.start).startsWith(`${label} `));
  });
});

describe("graphics", () => {
  test("a lost context is said, and the picture comes back", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    await page.evaluate(() => api.loseContext());
    await page.waitForFunction(() => api.drawnWith.length === 1);
    assert.match((await page.evaluate(() => api.drawnWith[0]?.reason)) ?? "", /dropped the picture/);
    const count = await frames(page);
    await page.evaluate(() => api.restoreContext());
    await page.waitForFunction((drawn) => api.view.frames > drawn, count);
    assert.deepEqual(await page.evaluate(() => api.drawnWith[1]), { painter: "webgl", reason: null });
    assert.ok((await countColour(page, "#73c2c9", 40)) > 300, "niobium is back");
  });

  test("while the context is lost the picture is drawn as vectors", async () => {
    await openView(page, WIDE);
    await show(page, LINBO3, C_UP);
    await settle(page);
    await page.evaluate(() => api.loseContext());
    await page.locator("svg.experiment-vector").waitFor();
    assert.ok((await countColour(page, "#652d90", 40)) > 500, "diffracted beam");
    await page.evaluate(() => api.restoreContext());
    await page.waitForFunction(() => document.querySelector("svg.experiment-vector") === null);
    assert.ok((await countColour(page, "#652d90", 40)) > 500, "diffracted beam again");
  });

  test("without WebGL the same picture is drawn as vectors, and can be turned and pointed at", async () => {
    await openView(page, { ...WIDE, withoutWebGL: true });
    const [how] = await page.evaluate(() => api.drawnWith);
    assert.equal(how?.painter, "svg");
    assert.match(how?.reason ?? "", /WebGL/);
    await show(page, LINBO3, C_UP);
    await settle(page);
    assert.ok((await countColour(page, "#73c2c9", 60)) > 200, "niobium");
    const home = await camera();
    await page.focus("#view");
    await page.keyboard.press("ArrowRight");
    await settle(page);
    assert.notDeepEqual((await camera())?.eye, home?.eye);
    await page.evaluate(() => api.view.setView("home"));
    await settle(page);
    assert.equal((await itemUnderPointer("atom"))?.role, "atom");
  });

  test("WebGL and vectors put everything at the same pixels", async () => {
    const colours = { beam: "#d18616", diffracted: "#652d90" } as const;
    for (const view of ["home", "side", "top"] as const) {
      const places: Record<string, Extent>[] = [];
      for (const withoutWebGL of [false, true]) {
        await openView(page, { ...WIDE, withoutWebGL });
        // Shaded atoms and what is seen through the sample have the colours of beams somewhere.
        await show(page, LINBO3, C_UP, ["structure", "frames", "sample", "illuminated"]);
        await page.evaluate((name) => api.view.setView(name), view);
        await settle(page);
        const extents = Object.entries(colours).map(async ([name, colour]) => [name, await extentOf(page, colour, 28)]);
        places.push(Object.fromEntries(await Promise.all(extents)));
      }
      const [webgl, vectors] = places as [Record<string, Extent>, Record<string, Extent>];
      for (const name of Object.keys(colours)) {
        // Where the beams meet one covers the other, by a pixel more or less.
        const edges = name === "beam" ? (["left", "bottom"] as const) : (["right", "top"] as const);
        for (const edge of edges) {
          const difference = Math.abs(webgl[name]![edge] - vectors[name]![edge]);
          assert.ok(difference <= 1, `${view}, ${name}, ${edge}: ${webgl[name]![edge]} and ${vectors[name]![edge]}`);
        }
      }
    }
  });
});

test("no error was reported by the page", () => {
  assert.deepEqual(
    problems.filter((text) => !text.includes("WebGL")),
    [],
  );
});
