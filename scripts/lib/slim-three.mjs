import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** What of three's shaders the geometry view uses: surfaces that are lit or plain, and wide lines. */
const PROGRAMS = ["meshbasic", "meshlambert"];
const LINES = join("examples", "jsm", "lines", "LineMaterial.js");
/** What the shaders that are written in the view include, and what three puts before every shader. */
const OWN = ["colorspace_fragment", "colorspace_pars_fragment"];
/** Pieces that come to nothing without textures, shadows, environments and skeletons, none of which the view has. */
const WITHOUT_EFFECT =
  /^(shadowmap|lightprobes|envmap(_\w+)?|uv|morph\w+|skin\w+|batching|(alpha|ao|bump|displacement|emissive|light|normal)map)_/;
/** Modules of the same sort, as what three takes from them: it asks only materials that the view has not. */
const STAND_INS = {
  "PMREMGenerator.js": "export class PMREMGenerator {}",
  "DFGLUTData.js": "export const getDFGLUT = () => null;",
};

const includesOf = (text) => [...text.matchAll(/#include <(\w+)>/g)].map(([, name]) => name);
/** Comments and indents of GLSL; each directive needs its line. */
const squeeze = (glsl) =>
  glsl
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/[ \t]*\/\/.*$/gm, "")
    .replace(/^\s+/gm, "")
    .replace(/[ \t]+$/gm, "");

/**
 * An esbuild plugin that bundles three from its sources instead of its ready-made bundle, with only those shaders that
 * the view can come to use. three keeps all of them in two tables that no bundler can see through.
 */
export const slimThree = (root) => {
  const three = join(root, "node_modules", "three");
  const chunks = join(three, "src", "renderers", "shaders", "ShaderChunk");
  const library = join(three, "src", "renderers", "shaders", "ShaderLib");
  const used = new Set();
  const use = (names) => {
    for (const name of names) {
      if (used.has(name)) continue;
      used.add(name);
      use(includesOf(readFileSync(join(chunks, `${name}.glsl.js`), "utf8")));
    }
  };
  use(OWN);
  for (const file of [join(three, LINES), ...PROGRAMS.map((name) => join(library, `${name}.glsl.js`))]) {
    use(includesOf(readFileSync(file, "utf8")));
  }
  const exportNames = (text) => [...text.matchAll(/export (?:const (\w+)|(default))/g)].map(([, name]) => name);
  const shorten = (text) => text.replace(/`([^`]*)`/g, (_, glsl) => `\`${squeeze(glsl)}\``);
  const empty = (text) =>
    exportNames(text)
      .map((name) => (name === undefined ? 'export default "";' : `export const ${name} = "";`))
      .join("\n");
  const known = new Set(readdirSync(chunks));
  return {
    name: "slim-three",
    setup(build) {
      build.onResolve({ filter: /^three$/ }, () => ({ path: join(three, "src", "Three.js"), sideEffects: false }));
      build.onLoad({ filter: /[\\/]three[\\/]src[\\/]renderers[\\/]shaders[\\/].*\.glsl\.js$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        const name = basename(path, ".glsl.js");
        const isUsed = known.has(basename(path))
          ? used.has(name) && !WITHOUT_EFFECT.test(name)
          : PROGRAMS.includes(name);
        return { contents: isUsed ? shorten(text) : empty(text) };
      });
      build.onLoad({ filter: /[\\/]three[\\/]src[\\/].*(PMREMGenerator|DFGLUTData)\.js$/ }, ({ path }) => ({
        contents: STAND_INS[basename(path)],
      }));
    },
  };
};
