import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Every file and folder below one, from the root; what is installed or built is not looked at. */
const within = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    const isOurs = !["node_modules", "dist", ".turbo"].includes(entry.name);
    return isOurs ? [`${path}/`, ...within(path)] : [];
  });

const files = [
  ...readdirSync(root).filter((name) => /\.\w+$/.test(name)),
  ...[".ci", ".config", ".storybook", "docs", "packages"].flatMap(within),
];
const pages = readdirSync(join(root, "docs/contributing")).map((name) => `docs/contributing/${name}`);

/** Code that names a file or a folder: a path from the root, or a file's name alone. */
const pathIn = /^(?:(?:packages|apps|docs|\.\w+)\/[\w./<>*-]+|[\w.<>*-]+\.(?:tsx?|mjs|css|json|md))$/;

/** `<name>` and `*` stand for whatever there is: at least one file has to be of that form. */
const isThere = (path: string): boolean => {
  const form = path.replaceAll(".", "\\.").replace(/<\w+>|\*/g, "[^/]+");
  return files.some((file) => new RegExp(`^(?:.*/)?${form}$`).test(file));
};

describe.each(pages)("%s", (page) => {
  const text = read(page);

  it("names files that exist", () => {
    const named = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = ""]) => code.match(pathIn) ?? []);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it("links to pages that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = ""]) =>
      join(dirname(page), to),
    );
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it("has the reader run scripts that exist", () => {
    for (const [, name = "", script = ""] of text.matchAll(/--filter @tollgate\/(\w+) ([\w:-]+)/g))
      expect(JSON.parse(read(`packages/${name}/package.json`)).scripts).toHaveProperty([script]);
  });

  it("is found from CONTRIBUTING.md", () => {
    const links = [...read("CONTRIBUTING.md").matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to);
    expect(links).toContain(page);
  });
});
