import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly steps: readonly Step[];
  readonly permissions?: Record<string, string>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
}
interface Workflow {
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const workflows = readdirSync(`${root}.github/workflows`).map((name): [string, Workflow] => [
  name,
  parse(read(`.github/workflows/${name}`)) as Workflow,
]);
const jobsOf = (name: string): Record<string, Job> => new Map(workflows).get(name)?.jobs ?? {};
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);
const runsOf = (job: Job | undefined): string[] => job?.steps.flatMap(({ run }) => run ?? []) ?? [];

describe.each(workflows)("%s", (_name, workflow) => {
  it("uses actions by their commit, so that nobody can put another one under their tag", () => {
    const used = stepsOf(workflow).flatMap(({ uses }) => uses ?? []);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  it("may write nothing but what a job names", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  it("runs what there is", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const run of stepsOf(workflow).flatMap((step) => step.run ?? [])) {
      const [, script] = /^(?:npm run |npm |npx -y pnpm@12\.21\.0 )([\w-]+)/.exec(run) ?? [];
      const [, file] = /^bash (\S+)$/.exec(run) ?? [];
      const known = file
        ? existsSync(`${root}${file}`)
        : script === "install" || (script !== undefined && script in scripts);
      expect([run, known]).toEqual([run, true]);
    }
  });
});

it("a newcomer's commands are the README's, each on Node 20, 22 and 24", () => {
  const { newcomer } = jobsOf("ci.yml");
  expect(newcomer?.strategy?.matrix.node).toEqual([20, 22, 24]);
  const named = [...new Set(read("README.md").match(/npm (run \w+|test)/g))];
  expect(named.sort()).toEqual(["npm run demo", "npm run prove", "npm test"]);
  expect(read(".ci/demo-answers")).toContain("npm run demo");
  expect(runsOf(newcomer)).toEqual(["bash .ci/demo-answers", "npm test", "npm run prove"]);
});

it("follows the documentation word for word, as CONTRIBUTING.md says", () => {
  expect(runsOf(jobsOf("ci.yml")["first-hour"])).toEqual(["npm run first-hour"]);
  expect(read(".ci/run")).toContain("\nnpm run first-hour\n");
  expect(read("CONTRIBUTING.md")).toContain("`npm run first-hour`");
});

it("the house's check is what CONTRIBUTING.md names", () => {
  for (const script of ["check", "build-storybook", "check:stories"])
    expect(runsOf(jobsOf("ci.yml").house)).toContain(`npx -y pnpm@12.21.0 ${script}`);
  expect(read("CONTRIBUTING.md")).toContain("`npx -y pnpm@12.21.0 check`");
});

it("plays other histories every night, with every SDK that the sandbox is held to", () => {
  expect(runsOf(jobsOf("nightly.yml").prove)).toEqual(["npm run prove:nightly"]);
  expect(read(".ci/bootstrap.mjs")).toContain('TOLLGATE_SDKS: "all"');
  expect(read("CONTRIBUTING.md")).toContain("`prove:nightly`");
});

it("a release is tested, may sign, and keeps the lists of what is inside", () => {
  const { release } = jobsOf("release.yml");
  expect(runsOf(release)).toEqual(["npm test", "npm run release"]);
  expect(release?.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(release?.steps.at(-1)?.uses).toContain("actions/upload-artifact@");
  const script = read(".ci/release.mjs");
  for (const part of ["--provenance", "sbom", "cyclonedx"]) expect(script).toContain(part);
});
