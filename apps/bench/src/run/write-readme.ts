import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("../../README.md", import.meta.url));

/** Puts a report between its markers in the README; the text around them is written by hand. */
export async function writeReport(name: string, report: string): Promise<void> {
  const text = await readFile(path, "utf8");
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start === -1 || stop === -1) throw new Error(`The README lacks the markers of "${name}".`);
  await writeFile(path, `${text.slice(0, start + begin.length)}\n${report}\n${text.slice(stop)}`);
}
