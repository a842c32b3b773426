import { readFileSync } from "node:fs";
import { ensurePackage } from "../../scripts/lib/build.ts";

/** Names of the files in the extension package, as the extension sees them, with their sizes in bytes. */
export async function packagedFiles(): Promise<{ readonly files: ReadonlyMap<string, number>; readonly size: number }> {
  const { DFXRM_VSIX: named } = process.env;
  const archive = readFileSync(named ?? (await ensurePackage()).vsix);
  const files = new Map<string, number>();
  for (const [name, size] of centralDirectory(archive)) {
    if (name.startsWith("extension/")) files.set(name.slice("extension/".length), size);
  }
  return { files, size: archive.length };
}

/** The entries of a zip archive (PKWARE APPNOTE 4.3.12 and 4.3.16; no zip64). */
function* centralDirectory(archive: Buffer): Generator<[string, number]> {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    yield [archive.toString("utf8", at + 46, at + 46 + name), archive.readUInt32LE(at + 24)];
    at += 46 + name + extra + comment;
  }
}
