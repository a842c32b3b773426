import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { absorptionEdges, dispersion, formFactor, massAttenuation_cm2_g } from "../../core/xray/index.ts";
import { unpackIntegers } from "../../core/xray/packing.ts";
import { buildXrayTables } from "../../scripts/tables/build.ts";
import { readChantlerArchive } from "../../scripts/tables/chantler.ts";
import { type ElamTable, parseElam } from "../../scripts/tables/elam.ts";
import { parseWaasmaierKirfel } from "../../scripts/tables/formFactors.ts";
import { packIntegers } from "../../scripts/tables/packing.ts";
import { closeRelative, closeTo } from "./close.ts";
import { corpus, readCorpus, withCorpus } from "./corpus.ts";
import { must } from "./xrayCrystals.ts";

describe("packed integers", () => {
  test("come back as they were", () => {
    const values = [0, 1, -1, 22, -22, 23, 44, 45, -1012, 1013, 91_125, -4_100_625, 2 ** 40, -(2 ** 40)];
    assert.deepEqual(unpackIntegers(packIntegers(values)), values);
  });

  test("are plain text that needs no escape", () => {
    assert.match(packIntegers(Array.from({ length: 5000 }, (_, i) => (i - 2500) * 37)), /^[#-[\]-~]+$/);
  });

  test("what is no integer is not packed", () => {
    assert.throws(() => packIntegers([0.5]));
    assert.throws(() => packIntegers([Number.NaN]));
  });
});

describe("packed tables against their sources", () => {
  const rawFolder = path.join(corpus ?? "", "xray");

  withCorpus("are what the generator makes of them today", async () => {
    for (const [name, content] of await buildXrayTables(rawFolder)) {
      assert.ok(readFileSync(`core/xray/tables/${name}`, "utf8") === content, `run npm run tables: ${name} differs`);
    }
  });

  withCorpus("Elam: every row from 1 to 150 keV, and four points between rows, within 1e-5", () => {
    let points = 0;
    for (const { symbol, photo, scatter } of parseElam(readCorpus("xray", "elam.dat"))) {
      const compare = (table: ElamTable, column: number, kind: "photo" | "coherent" | "incoherent"): void => {
        for (const x of samples(table.lnE)) {
          const mu = must(massAttenuation_cm2_g(symbol, Math.exp(x) / 1000))[kind];
          closeRelative(mu, evaluate(table, column, x), 1e-5, `${symbol} ${kind} at ${Math.exp(x)} eV`);
          points++;
        }
      };
      compare(photo, 0, "photo");
      compare(scatter, 0, "coherent");
      compare(scatter, 1, "incoherent");
    }
    assert.equal(points, 28_696);
  });

  withCorpus("Elam: every edge from 1 to 150 keV", () => {
    let edges = 0;
    for (const element of parseElam(readCorpus("xray", "elam.dat"))) {
      const expected = element.edges
        .filter(({ energy_eV }) => energy_eV >= 1000 && energy_eV <= 150_000)
        .map(({ name, energy_eV }) => ({ name, energy_keV: energy_eV / 1000 }));
      assert.deepEqual(absorptionEdges(element.symbol), expected);
      edges += expected.length;
    }
    assert.equal(edges, 543);
  });

  withCorpus("Chantler: f' of every point from 1 to 150 keV within 0.004 electrons", () => {
    const elements = readChantlerArchive(readFileSync(path.join(rawFolder, "chantler_fine.tar.gz")));
    let points = 0;
    for (const { symbol, points: source } of elements) {
      for (const { energy_keV, fPrime } of source) {
        if (energy_keV < 1 || energy_keV > 150) continue;
        closeTo(must(dispersion(symbol, energy_keV)).fPrime, fPrime, 0.004, `${symbol} at ${energy_keV} keV`);
        points++;
      }
    }
    assert.equal(elements.length, 92);
    assert.equal(points, 49_627);
  });

  withCorpus(
    "Chantler: every point within 1 % of an edge is a node of the packed table, rounded to 0.001 electrons",
    () => {
      const elements = readChantlerArchive(readFileSync(path.join(rawFolder, "chantler_fine.tar.gz")));
      let points = 0;
      for (const { symbol, points: source, edges_keV } of elements) {
        const edges = [...edges_keV, ...absorptionEdges(symbol).map(({ energy_keV }) => energy_keV)];
        for (const { energy_keV, fPrime } of source) {
          if (energy_keV < 1.001 || energy_keV > 149) continue;
          if (!edges.some((edge) => Math.abs(energy_keV / edge - 1) <= 0.01)) continue;
          const node_keV = Math.exp(Math.round(Math.log(energy_keV) * 1e6) / 1e6);
          closeTo(must(dispersion(symbol, node_keV)).fPrime, fPrime, 0.000_501, `${symbol} at ${energy_keV} keV`);
          points++;
        }
      }
      assert.equal(points, 4297);
    },
  );

  withCorpus("Waasmaier and Kirfel: every coefficient, exactly", () => {
    const rows = parseWaasmaierKirfel(readCorpus("xray", "waasmaier_kirfel.dat"));
    for (const [species, row] of rows) {
      const f0 = (s2: number): number =>
        row.slice(0, 5).reduce((sum, a, i) => sum + a * Math.exp(-row[6 + i]! * s2), row[5]!);
      for (const s of [0, 0.13, 0.77, 2.1]) closeTo(formFactor(species, s)!, f0(s * s), 1e-12, species);
    }
    assert.equal(rows.size, 211);
  });
});

/** Places in ln E at which the packed and the raw table are compared: just above each row, and four to the next. */
function* samples(lnE: readonly number[]): Generator<number> {
  const min = Math.log(1000.01);
  const max = Math.log(150_000);
  for (const [i, x] of lnE.entries()) {
    const next = lnE[i + 1];
    if (next === undefined || next <= x) continue;
    for (const part of [1e-9, 0.2, 0.4, 0.6, 0.8]) {
      const place = x + part * (next - x);
      if (place >= min && place <= max) yield place;
    }
  }
}

/** The cubic of the raw table by its definition: last row below, first row above. */
function evaluate({ lnE, columns }: ElamTable, column: number, x: number): number {
  const { lnMu, d2 } = columns[column]!;
  const low = lnE.findLastIndex((value) => value < x);
  const high = lnE.findIndex((value) => value > x);
  const h = lnE[high]! - lnE[low]!;
  const a = (lnE[high]! - x) / h;
  const b = (x - lnE[low]!) / h;
  const bend = (a * a - 1) * a * d2[low]! + (b * b - 1) * b * d2[high]!;
  return Math.exp(a * lnMu[low]! + b * lnMu[high]! + (h * h * bend) / 6);
}
