import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const read = (path: string): Promise<string> =>
  readFile(fileURLToPath(new URL(path, import.meta.url)), "utf8");

it.each([
  ["../README.md", "first.test.ts"],
  ["vitest.md", "renewal.test.ts"],
  ["playwright.md", "checkout.test.ts"],
])("%s shows the code of %s, which runs", async (doc, test) => {
  const shown = /```ts\n([\s\S]*?)```/.exec(await read(`../../docs/${doc}`))?.[1];
  const code = (await read(`./${test}`)).replace('"../open-browser.js"', '"./open-browser.js"');
  expect(shown).toBe(code);
});
