/**
 * Writes the generated tables of core: `npm run tables` from the folders xray/ and dictionaries/ of DFXRM_CORPUS, or
 * `npm run tables -- --raw FOLDER`, where FOLDER holds elam.dat, chantler_fine.tar.gz and waasmaier_kirfel.dat as XrayDB's
 * data sources have them; with `--dictionaries FOLDER` also the built-in CIF dictionary.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chantlerModule, readChantlerArchive } from "./chantler.ts";
import { elamModule, parseElam } from "./elam.ts";
import { formFactorModule, parseWaasmaierKirfel } from "./formFactors.ts";

/** Generated files of core/xray/tables by name, from the folder with the source tables. */
export async function buildXrayTables(rawFolder: string): Promise<Map<string, string>> {
  const text = (name: string): Promise<string> => readFile(join(rawFolder, name), "latin1");
  const elam = parseElam(await text("elam.dat"));
  const chantler = readChantlerArchive(await readFile(join(rawFolder, "chantler_fine.tar.gz")));
  const edges_keV = (symbol: string): number[] =>
    elam.find((element) => element.symbol === symbol)!.edges.map(({ energy_eV }) => energy_eV / 1000);
  return new Map([
    ["elam.generated.ts", elamModule(elam)],
    ["chantler.generated.ts", chantlerModule(chantler, edges_keV)],
    ["formFactors.generated.ts", formFactorModule(parseWaasmaierKirfel(await text("waasmaier_kirfel.dat")))],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values: given } = parseArgs({ options: { raw: { type: "string" }, dictionaries: { type: "string" } } });
  const corpus = process.env["DFXRM_CORPUS"];
  const isDefault = corpus !== undefined && Object.keys(given).length === 0;
  const values = isDefault ? { raw: join(corpus, "xray"), dictionaries: join(corpus, "dictionaries") } : given;
  if (values.raw === undefined && values.dictionaries === undefined) {
    throw new Error("usage: build.ts [--raw FOLDER] [--dictionaries FOLDER], or DFXRM_CORPUS set");
  }
  if (values.dictionaries !== undefined) {
    const { writeBuiltInDictionary } = await import("./dictionary.ts");
    writeBuiltInDictionary(values.dictionaries);
  }
  if (values.raw !== undefined) {
    const target = fileURLToPath(new URL("../../core/xray/tables/", import.meta.url));
    for (const [name, content] of await buildXrayTables(values.raw)) await writeFile(join(target, name), content);
    const { writeSettings } = await import("./settings.ts");
    writeSettings();
  }
}
