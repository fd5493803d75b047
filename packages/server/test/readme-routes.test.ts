import { readFileSync } from "node:fs";
import { routeKeys } from "@tollgate/core/contract";
import { expect, test } from "vitest";
import { withRoutesTable } from "../scripts/routes-table.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README's table of routes is the contract's: `pnpm --filter @tollgate/server write:routes` writes it", () => {
  expect(readme).toBe(withRoutesTable(readme));
});

test("a route that the table lacks is noticed", () => {
  for (const key of routeKeys) {
    const without = readme.replace(new RegExp(`^\\| \`${key}\` .*\\n`, "m"), "");
    expect(without, key).not.toBe(readme);
    expect(withRoutesTable(without), key).toBe(readme);
  }
});

test("a page without the markers is an error", () => {
  expect(() => withRoutesTable("# Nothing")).toThrow(/has no <!-- routes/);
});
