// Starts a demo app, and beside it the sandbox unless real Stripe keys are set. Ctrl-C ends both.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const keyNames = ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"];
const sandboxKeys = {
  STRIPE_SECRET_KEY: "sk_test_tollgate_sandbox",
  STRIPE_PUBLISHABLE_KEY: "pk_test_tollgate_sandbox",
  STRIPE_WEBHOOK_SECRET: "whsec_tollgate_sandbox",
};

const servers = {
  "example-next": ["node_modules/next/dist/bin/next", "start"],
  "example-express": ["dist/server.js"],
};

export async function demo(app) {
  if (!Object.hasOwn(servers, app))
    fail(`There is no demo "${app}". There are: ${Object.keys(servers).join(", ")}.`);
  const port = Number(process.env.PORT ?? 3000);
  const appUrl = `http://localhost:${port}`;
  if (!(await isFree(port))) fail(`Port ${port} is in use. Set PORT to another one.`);
  const keys = keyNames.filter((name) => process.env[name]);
  if (keys.length > 0 && keys.length < keyNames.length) {
    fail(`To run against Stripe, set all three of ${keyNames.join(", ")}.`);
  }
  const sandboxed = keys.length === 0;
  const children = [];
  const end = endTogether(children);
  const data = sandboxed ? end.folder(mkdtempSync(join(tmpdir(), "tollgate-demo-"))) : undefined;
  const env = {
    ...process.env,
    PORT: String(port),
    APP_URL: appUrl,
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: "production",
  };
  if (sandboxed) {
    const apiBase = await startSandbox(children, appUrl);
    // The sandbox forgets when it ends, so the app's own data must not outlive it either.
    Object.assign(env, sandboxKeys, { STRIPE_API_BASE: apiBase, TOLLGATE_DATA: data });
    env.SANDBOX_URL = apiBase;
  }
  children.push(start(app, servers[app], join(root, "apps", app), env));
  await answers(`${appUrl}/api/billing/plans`, children);
  process.stdout.write(guide(appUrl, sandboxed ? env.SANDBOX_URL : undefined));
}

async function startSandbox(children, appUrl) {
  const wanted = Number(process.env.SANDBOX_PORT ?? 4242);
  const port = (await isFree(wanted)) ? wanted : await freePort();
  const words = ["packages/sandbox/dist/cli.js", "--port", String(port)];
  words.push(
    "--secret-key",
    sandboxKeys.STRIPE_SECRET_KEY,
    "--publishable-key",
    sandboxKeys.STRIPE_PUBLISHABLE_KEY,
  );
  words.push("--webhook-secret", sandboxKeys.STRIPE_WEBHOOK_SECRET);
  words.push("--forward-to", `${appUrl}/api/billing/webhook/stripe`);
  children.push(start("sandbox", words, root, process.env));
  const url = `http://localhost:${port}`;
  await answers(`${url}/v1/account`, children);
  return url;
}

function start(name, words, cwd, env) {
  const child = spawn(process.execPath, words, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.on("data", (text) => process.env.DEMO_VERBOSE && process.stdout.write(`[${name}] ${text}`));
  return Object.assign(child, { label: name });
}

/** Whoever ends first, by a signal or by itself, takes the others along. */
function endTogether(children) {
  const folders = [];
  let ending = false;
  const end = async (status) => {
    if (ending) return;
    ending = true;
    await Promise.all(children.map(stop));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    process.exit(status);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));
  const watch = setInterval(() => {
    const dead = children.find((child) => child.exitCode !== null || child.signalCode !== null);
    if (dead && !ending) {
      process.stderr.write(`The ${dead.label} process ended unexpectedly.\n`);
      void end(1);
    }
  }, 250);
  watch.unref();
  return { folder: (path) => (folders.push(path), path) };
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill("SIGKILL"), 4000);
    child.once("exit", () => (clearTimeout(force), resolve()));
    child.kill("SIGTERM");
  });
}

async function answers(url, children) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (children.some((child) => child.exitCode !== null)) return;
    const reached = await fetch(url).then(
      (response) => response.status < 500,
      () => false,
    );
    if (reached) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  fail(`Nothing answered at ${url} within a minute.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function guide(appUrl, sandboxUrl) {
  const stripe = sandboxUrl
    ? `${sandboxUrl}  (stands in for Stripe, no account needed)`
    : "the real one, with your keys";
  return `
  The demo is running.

    App      ${appUrl}
    Stripe   ${stripe}

  Try this
    1. Open ${appUrl}: you are Ada. Pick a plan, pay with a card from below.
    2. You land on Reports, which is open now. Its first HTML said so already.
    3. Account → Manage billing → cancel. Back in the app it says when it ends; undo it there too.
    4. Switch to Grace at the top right: nothing of Ada's is hers.

  Test cards (any later date, any CVC)
    4242 4242 4242 4242   pays
    4000 0025 0000 3155   asks for 3-D Secure
    4000 0000 0000 0002   is declined
    4000 0000 0000 9995   has insufficient funds
    4000 0000 0000 0341   is saved, then fails when charged

  Ctrl-C ends everything.

`;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.kill(process.pid, "SIGTERM");
  process.exitCode = 1;
  throw new Error(message);
}
