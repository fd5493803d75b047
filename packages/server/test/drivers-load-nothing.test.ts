import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const stores = new URL("../src/stores/", import.meta.url);

it.each(["drizzle", "kysely", "prisma"])(
  "the driver for %s loads no library: the app has its own copy",
  (name) => {
    const folder = new URL(`${name}/`, stores);
    const files = readdirSync(folder).filter((file) => !file.endsWith(".test.ts"));
    const imports = files.flatMap(
      (file) => readFileSync(new URL(file, folder), "utf8").match(/^import [^;]*;/gm) ?? [],
    );
    const loaded = imports.filter(
      (line) => !line.startsWith("import type ") && !/ from "(?:\.|@tollgate\/core")/.test(line),
    );
    expect(imports.length).toBeGreaterThan(2);
    expect(loaded).toEqual([]);
  },
);
