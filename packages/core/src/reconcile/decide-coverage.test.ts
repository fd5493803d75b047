import { describe, expect, it } from "vitest";
import { decideCoverage } from "./decide-coverage.js";

const day = (n: number) => `2026-03-0${n}T00:00:00.000Z`;
const run = (scope: string, startedAt: string, { repair = true, finished = true } = {}) => ({
  scope,
  startedAt,
  repair,
  finishedAt: finished ? startedAt : null,
});

describe("decideCoverage", () => {
  const cases: readonly [string, Parameters<typeof decideCoverage>[0], string | null][] = [
    ["nothing was compared", [], null],
    ["a full run covers everything before it began", [run("full", day(2))], day(2)],
    ["a later part continues", [run(`since:${day(2)}`, day(3)), run("full", day(2))], day(3)],
    [
      "a part that does not reach back leaves a gap",
      [run("full", day(2)), run(`since:${day(4)}`, day(5))],
      day(2),
    ],
    ["a part without a full run covers nothing", [run(`since:${day(1)}`, day(5))], null],
    ["one customer is not everybody", [run("customer:org_1", day(5))], null],
    ["a report repairs nothing", [run("full", day(2), { repair: false })], null],
    ["an unfinished run does not count", [run("full", day(2), { finished: false })], null],
  ];
  it.each(cases)("%s", (_name, runs, covered) => {
    expect(decideCoverage(runs)).toBe(covered);
  });
});
