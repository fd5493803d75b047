import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

it.each(["vitest", "playwright"])("docs/%s.md shows the code of its test, which runs", async (name) => {
  const shown = /```ts\n([\s\S]*?)```/.exec(await read(`../../docs/${name}.md`))?.[1];
  expect(shown).toBe(await read(`./${name}.test.ts`));
});

it.each([
  ["drizzle", "how Drizzle shares its pool"],
  ["kysely", "how Kysely shares its pool"],
  ["prisma", "how Prisma shares its pool"],
  ["in-memory", "how each test gets billing of its own"],
  ["mails", "how mails about failed payments are sent"],
  ["moving", "how an app moves to another account"],
])("the README shows %s: %s, as it is tested", async (name) => {
  const shown = [...(await read("../../README.md")).matchAll(/```ts\n([\s\S]*?)```/g)];
  expect(shown.map(([, code]) => code)).toContain(await read(`./${name}.ts`));
});
