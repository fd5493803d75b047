import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const server = fileURLToPath(new URL("..", import.meta.url));
const sources = list("src");
const files = [...sources, ...list("test"), ...list("scripts")];

test("no two files of the package have one name", () => {
  const named = files.map((file): [string, string] => [basename(file), file]);
  expect(shared(named.filter(([name]) => name !== "index.ts"))).toEqual([]);
});

test("no two files of the package export one name", () => {
  const declarations =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm;
  const named = sources.flatMap((file) =>
    [...readFileSync(`${server}${file}`, "utf8").matchAll(declarations)].map(
      ([, name = ""]): [string, string] => [name, file],
    ),
  );
  expect(named.length).toBeGreaterThan(500);
  expect(shared(named)).toEqual([]);
});

function list(folder: string): readonly string[] {
  return readdirSync(`${server}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`);
}

/**
 * What is in more than one file. A name that is declared twice in a file has two signatures, and every provider has the
 * same files.
 */
function shared(named: readonly (readonly [name: string, file: string])[]): readonly string[] {
  const places = new Map<string, Set<string>>();
  for (const [name, file] of named) places.set(name, (places.get(name) ?? new Set()).add(file));
  const apart = (file: string) => /^src\/providers\/[^/]+\//.exec(file)?.[0];
  return [...places].flatMap(([name, found]) => {
    const folders = [...found].map((file) => apart(file));
    const eachOnce = folders.every((folder) => folder !== undefined) && new Set(folders).size === found.size;
    return found.size < 2 || eachOnce ? [] : [`${name}: ${[...found].join(", ")}`];
  });
}
