import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { deflateSync } from "node:zlib";
import subsetFont from "subset-font";
import { inRoot } from "../lib/paths.ts";

/**
 * `npm run fonts`: writes export/pdf/fonts.generated.ts, the part of DejaVu Sans that the PDF embeds, deflated. Latin
 * with its accents, Greek, Cyrillic, figures above and below the line, and the signs of the field.
 */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x218, 0x21b],
  [0x386, 0x3ce],
  [0x3d1, 0x3d1],
  [0x3d5, 0x3d5],
  [0x400, 0x45f],
  [0x2010, 0x2015],
  [0x2018, 0x2022],
  [0x2026, 0x2026],
  [0x2030, 0x2030],
  [0x2032, 0x2033],
  [0x2070, 0x2071],
  [0x2074, 0x208e],
  [0x2090, 0x209c],
  [0x20ac, 0x20ac],
  [0x2113, 0x2113],
  [0x2126, 0x2126],
  [0x212b, 0x212b],
  [0x2190, 0x2193],
  [0x2202, 0x2202],
  [0x2206, 0x2206],
  [0x2211, 0x2212],
  [0x221a, 0x221a],
  [0x221e, 0x221e],
  [0x2225, 0x2225],
  [0x222b, 0x222b],
  [0x2248, 0x2248],
  [0x2260, 0x2260],
  [0x2264, 0x2265],
  [0x22a5, 0x22a5],
];

const characters = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
).join("");

const fonts = createRequire(import.meta.url)
  .resolve("dejavu-fonts-ttf/package.json")
  .replace("package.json", "ttf/");

const packed = await Promise.all(
  [
    ["REGULAR", "DejaVuSans.ttf"],
    ["BOLD", "DejaVuSans-Bold.ttf"],
  ].map(async ([name, file]) => {
    const subset = await subsetFont(readFileSync(`${fonts}${file}`), characters, {
      targetFormat: "sfnt",
      noHinting: true,
      keepFeatures: [],
      dropTables: ["GPOS", "GSUB", "GDEF", "kern", "gasp", "FFTM"],
    });
    const text = deflateSync(subset, { level: 9 }).toString("base64");
    console.log(`${file}: ${subset.length} bytes, ${text.length} characters`);
    return `export const ${name} =\n  "${text}";\n`;
  }),
);

writeFileSync(
  inRoot("export", "pdf", "fonts.generated.ts"),
  `// Made by scripts/fonts/build.ts from DejaVu Fonts 2.37; their licence is in NOTICE.md. Deflated (zlib), base64.\n${packed.join("")}`,
);
