import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Sandbox, startSandbox } from "../src/index.js";
import { billingTriggers, impossible, outdated } from "./triggers.js";

/** The fixtures of Stripe's CLI are written for this version. */
export const fixtureVersion = "2025-06-30.basil";

/** Which version the CLI asks for (null: none, as without `--api-version`), and which one the account has. */
export type TriggerVersions = { asked: string | null; account?: string };

export type TriggerResult = { trigger: string; ok: boolean; output: string };

/** Stripe's own CLI, from npm. */
const cli = createRequire(import.meta.url).resolve("@stripe/cli/bin/shim.js");

const runOne = (
  { url, secretKey }: Sandbox,
  trigger: string,
  version: string | null,
): Promise<TriggerResult> =>
  new Promise((resolve, reject) => {
    const versioned = version === null ? [] : ["--api-version", version];
    const flags = ["--api-key", secretKey, "--api-base", url, ...versioned];
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
export const runTriggers = async (
  triggers = billingTriggers,
  { asked, account }: TriggerVersions = { asked: fixtureVersion },
): Promise<TriggerResult[]> => {
  const waiting = [...triggers];
  const results: TriggerResult[] = [];
  const work = async (): Promise<void> => {
    for (let trigger = waiting.shift(); trigger; trigger = waiting.shift()) {
      const sandbox = await startSandbox({
        secretKey: "sk_test_tollgate_1234567890",
        log: () => undefined,
        // The CLI opens the portal as somebody has saved it in the dashboard.
        settings: { portalSaved: true },
        ...(account === undefined ? {} : { apiVersion: account }),
      });
      results.push(await runOne(sandbox, trigger, asked));
      await sandbox.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return results.sort((a, b) => billingTriggers.indexOf(a.trigger) - billingTriggers.indexOf(b.trigger));
};

const report = async (): Promise<void> => {
  // `--unversioned` asks for no version.
  const asked = process.argv.includes("--unversioned") ? null : fixtureVersion;
  const reasons = asked === null ? { ...outdated, ...impossible } : impossible;
  const results = await runTriggers(billingTriggers, { asked });
  for (const { trigger, ok, output } of results) {
    console.log(`${ok ? "ok    " : "failed"} ${trigger}`);
    if (!ok)
      console.log(`       ${reasons[trigger] ?? output.trim().split("\n").slice(-3).join("\n       ")}`);
  }
  const passed = results.filter(({ ok }) => ok).length;
  console.log(`${passed} of ${results.length} billing triggers of Stripe's CLI succeed`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await report();
