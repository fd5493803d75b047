// Runs a task in a fresh clone with nothing but Node: installs when the lockfile has changed, builds what
// the task needs, then runs it. Node built-ins only, because nothing is installed yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [task, ...args] = process.argv.slice(2);
const underPnpm = process.env.npm_config_user_agent?.startsWith("pnpm/") === true;

const full = {
  TOLLGATE_HISTORIES: "2000",
  TOLLGATE_KILLS: "50",
  TOLLGATE_FUZZ_REQUESTS: "20000",
  TOLLGATE_CRASHES: "all",
  TOLLGATE_TRIGGERS: "all",
  TOLLGATE_BOOKS: "60",
  TOLLGATE_CHANGES: "500",
  TOLLGATE_LIVES: "500",
  TOLLGATE_EXPLANATIONS: "2000",
  TOLLGATE_TOTALS: "200",
  TOLLGATE_MIGRATED: "140",
  TOLLGATE_FORESEEN: "100",
  TOLLGATE_MONEY_STEPS: "1000",
};
const sizes = {
  full,
  // Other histories every night: whatever fails prints the seed.
  nightly: {
    ...full,
    TOLLGATE_HISTORIES: "100000",
    TOLLGATE_CHANGES: "10000",
    TOLLGATE_LIVES: "10000",
    TOLLGATE_EXPLANATIONS: "100000",
    TOLLGATE_TOTALS: "5000",
    TOLLGATE_MIGRATED: "3000",
    TOLLGATE_FORESEEN: "2000",
    TOLLGATE_MONEY_STEPS: "5000",
    TOLLGATE_SEED: String(Math.floor(Date.now() / 1000)),
    TOLLGATE_SDKS: "all",
  },
};

const tasks = {
  demo: async () => {
    const app = args[0] ?? "example-next";
    pnpm("exec", "turbo", "run", "build", `--filter=@tollgate/${app}`, "--filter=@tollgate/sandbox");
    const { demo } = await import("./demo.mjs");
    await demo(app);
  },
  test: () => {
    pnpm("exec", "turbo", "run", "build");
    // `pnpm check` runs those.
    pnpm("exec", "vitest", "run", "--config", ".config/vitest.config.ts", "--project", "!docs", ...args);
  },
  // The documentation's own words, followed in empty folders; `test` follows the quick ones.
  "first-hour": () => {
    process.env.TOLLGATE_RECIPES ??= "all";
    pnpm("exec", "turbo", "run", "build", "--filter=./packages/*");
    const words = ["--config", ".config/vitest.config.ts", "--project", "journey", "apps/first-hour"];
    pnpm("exec", "vitest", "run", ...words, ...args);
  },
  release: async () => {
    const { release } = await import("./release.mjs");
    release(pnpm, fail);
  },
  // The proofs, which `test` runs small, at full size; each number can be given in the environment instead.
  prove: () => {
    const [size = "full"] = args;
    const wanted = sizes[size];
    if (wanted === undefined) fail(`prove takes one of: ${Object.keys(sizes).join(", ")}.`, 1);
    for (const [name, value] of Object.entries(wanted)) process.env[name] ??= value;
    const proofs = [
      ...[
        "proofs",
        "fuzz.test.ts",
        "webhook-crash.test.ts",
        "once-crash.test.ts",
        "endings-once.test.ts",
        "explain-stories.test.ts",
        "foreseen-credits.test.ts",
        "metrics-lives.test.ts",
        "history-totals.test.ts",
        "two-accounts/crash.test.ts",
      ].map((one) => `server/test/${one}`),
      ...["triggers.test.ts", "money.property.test.ts", "sdks"].map((one) => `sandbox/test/${one}`),
    ].map((one) => `packages/${one}`);
    const node = ["exec", "vitest", "run", "--config", ".config/vitest.config.ts", "--project", "node"];
    pnpm(...node, ...proofs);
    // What `test` runs on Postgres. The histories have been played.
    process.env.TOLLGATE_STORE = "pglite";
    process.env.TOLLGATE_HISTORIES = "2";
    pnpm(...node, "packages/server", "--testNamePattern", ", on PGlite");
  },
};

const run = tasks[task];
if (run === undefined) fail(`There is no task "${task}". There are: ${Object.keys(tasks).join(", ")}.`, 1);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 20))
  fail(`Tollgate needs Node 20.20 or newer; this is ${process.version}.`, 1);
install();
await run();

/** Installs once per lockfile: the digest of the installed one is kept next to what it installed. */
function install() {
  const stamp = `${root}node_modules/.tollgate-lock`;
  const digest = createHash("sha256")
    .update(readFileSync(`${root}pnpm-lock.yaml`))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  pnpm("install", "--frozen-lockfile");
  writeFileSync(stamp, digest);
}

function pnpm(...words) {
  const [command, ...prefix] = underPnpm ? ["pnpm"] : ["npx", "-y", "pnpm@12.21.0"];
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1" };
  const shell = process.platform === "win32";
  const { status, error } = spawnSync(command, [...prefix, ...words], {
    cwd: root,
    stdio: "inherit",
    env,
    shell,
  });
  if (error) fail(`Could not run ${command}: ${error.message}`, 1);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message, status) {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}
