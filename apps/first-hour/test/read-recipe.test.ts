import { describe, expect, it } from "vitest";
import { movePorts, readRecipe } from "../src/read-recipe.js";

const fence = (language: string, ...lines: string[]) => [`\`\`\`${language}`, ...lines, "```", ""].join("\n");

describe("what a page tells its reader to do", () => {
  it.each([
    ["ts", "// billing/plans.ts", "billing/plans.ts"],
    ["ts", "// billing/plans.ts: shared by browser and server, holds no secret", "billing/plans.ts"],
    ["tsx", "// app/api/billing/[...path]/route.ts", "app/api/billing/[...path]/route.ts"],
    ["html", "<!-- index.html -->", "index.html"],
    ["css", "/* app/site.css */", "app/site.css"],
    ["ini", "# .env", ".env"],
  ])("a block of %s that begins with %j is the whole of %s", (language, first, path) => {
    const text = fence(language, first, "", "the rest");
    expect(readRecipe(text)).toEqual([{ kind: "file", path, text: `${first}\n\nthe rest\n` }]);
  });

  it("a block of sh holds commands; one that says so is a terminal that stays open", () => {
    const text = `${fence("sh", "npm init -y")}Words.\n${fence("sh", "# a second terminal: leave it running", "npm start")}`;
    expect(readRecipe(text)).toEqual([
      { kind: "commands", text: "npm init -y\n", stays: false },
      { kind: "commands", text: "# a second terminal: leave it running\nnpm start\n", stays: true },
    ]);
  });

  it("refuses a block that nobody could put anywhere", () => {
    expect(() => readRecipe(fence("ts", "await billing.pushPlans();"))).toThrow("no path in its first line");
    expect(() => readRecipe(fence("tsx", '"use client";', "// billing/kit.tsx"))).toThrow("no path");
  });

  it("reads one section of a page, and knows when it is gone", () => {
    const page = `# A\n\n## First\n\n${fence("sh", "one")}\n### In it\n\n${fence("sh", "two")}\n## Second\n\n${fence("ts", "x")}`;
    expect(readRecipe(page, "First").map(({ text }) => text)).toEqual(["one\n", "two\n"]);
    expect(() => readRecipe(page, "Third")).toThrow('no section "Third"');
  });
});

it("puts free ports in place of the page's own, and touches no other number", () => {
  const ports = new Map([
    [3000, 41001],
    [12111, 41002],
  ]);
  expect(movePorts("--port 12111 http://localhost:3000/a usd: 29000, 3000", ports)).toBe(
    "--port 41002 http://localhost:41001/a usd: 29000, 41001",
  );
});
