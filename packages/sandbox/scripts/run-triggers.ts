import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "../src/index.js";
import { billingTriggers, impossible } from "./triggers.js";

/** The fixtures of Stripe's CLI are written for this version. */
const fixtureVersion = "2025-06-30.basil";

export type TriggerResult = { trigger: string; ok: boolean; output: string };

/** Stripe's own CLI, from npm. */
const cli = createRequire(import.meta.url).resolve("@stripe/cli/bin/shim.js");

const runOne = (url: string, key: string, trigger: string): Promise<TriggerResult> =>
  new Promise((resolve, reject) => {
    const flags = ["--api-key", key, "--api-base", url, "--api-version", fixtureVersion];
    const home = mkdtempSync(join(tmpdir(), "stripe-cli-"));
    const child = spawn(process.execPath, [cli, "trigger", trigger, ...flags], {
      // The CLI keeps its settings and looks for updates; neither may reach outside.
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, STRIPE_CLI_TELEMETRY_OPTOUT: "1" },
      timeout: 20_000,
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", () => resolve({ trigger, ok: output.includes("Trigger succeeded"), output }));
  });

/** How many run side by side; each is a process of its own. */
const lanes = 4;

/** Runs triggers of Stripe's CLI, each against a sandbox of its own. */
export const runTriggers = async (triggers = billingTriggers): Promise<TriggerResult[]> => {
  const waiting = [...triggers];
  const results: TriggerResult[] = [];
  const work = async (): Promise<void> => {
    for (let trigger = waiting.shift(); trigger; trigger = waiting.shift()) {
      const sandbox = await startSandbox({ secretKey: "sk_test_tollgate_1234567890", log: () => undefined });
      results.push(await runOne(sandbox.url, sandbox.secretKey, trigger));
      await sandbox.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return results.sort((a, b) => billingTriggers.indexOf(a.trigger) - billingTriggers.indexOf(b.trigger));
};

const report = async (): Promise<void> => {
  const results = await runTriggers();
  for (const { trigger, ok, output } of results) {
    console.log(`${ok ? "ok    " : "failed"} ${trigger}`);
    if (!ok)
      console.log(`       ${impossible[trigger] ?? output.trim().split("\n").slice(-3).join("\n       ")}`);
  }
  const passed = results.filter(({ ok }) => ok).length;
  console.log(`${passed} of ${results.length} billing triggers of Stripe's CLI succeed`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await report();
