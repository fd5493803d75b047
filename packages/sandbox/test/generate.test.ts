import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expandableFile, generateExpandable } from "../scripts/generate-expandable.js";
import { generateRequests, requestsFile } from "../scripts/generate-requests.js";

describe("what was generated from the stripe package", () => {
  it.each([
    ["what endpoints accept", requestsFile, generateRequests],
    ["what can be expanded", expandableFile, generateExpandable],
  ])("says %s as the installed version declares it (else run `pnpm generate`)", (_, file, generate) => {
    expect(readFileSync(file, "utf8") === generate()).toBe(true);
  });
});
