import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { absentFile, generateAbsent } from "../scripts/generate-absent.js";
import { beginningsFile, generateBeginnings } from "../scripts/generate-beginnings.js";
import { expandableFile, generateExpandable } from "../scripts/generate-expandable.js";
import { generateRequests, requestsFile } from "../scripts/generate-requests.js";
import { generateSdkCalls, sdkCallsFile } from "../scripts/generate-sdk-calls.js";
import { parametersFile, writeParameters } from "../scripts/write-parameters.js";

describe("what was generated from the stripe package, the routes and the world", () => {
  it.each([
    ["what endpoints accept", requestsFile, generateRequests],
    ["what can be expanded", expandableFile, generateExpandable],
    ["what the SDK calls them", sdkCallsFile, generateSdkCalls],
    ["what is absent", absentFile, generateAbsent],
    ["what rows begin with", beginningsFile, generateBeginnings],
    ["what each parameter does", parametersFile, writeParameters],
  ])("says %s as it now is (else run `pnpm generate`)", (_, file, generate) => {
    expect(readFileSync(file, "utf8") === generate()).toBe(true);
  });
});
