// Starts a demo app, and next to it the sandbox unless real Stripe keys are set. Ctrl-C ends both.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoGuide } from "./demo-guide.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const servers = {
  // A short keep-alive, so that an open browser tab does not hold up the end.
  "example-next": [
    ...["node_modules/next/dist/bin/next", "start"],
    ...["--hostname", "127.0.0.1", "--keepAliveTimeout", "1000"],
  ],
  "example-express": ["dist/server.js"],
};
const keyNames = ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"];
const sandboxKeys = {
  STRIPE_SECRET_KEY: "sk_test_tollgate_sandbox",
  STRIPE_PUBLISHABLE_KEY: "pk_test_tollgate_sandbox",
  STRIPE_WEBHOOK_SECRET: "whsec_tollgate_sandbox",
};

export async function demo(app) {
  const running = { children: [], folders: [], ending: false };
  endTogether(running);
  try {
    process.stdout.write(await startDemo(app, running));
  } catch (error) {
    // While everything ends, whatever is still awaited fails too; only the first reason counts.
    if (!running.ending) process.stderr.write(`${error.message}\n`);
    await end(running, 1);
  }
}

async function startDemo(app, running) {
  if (!Object.hasOwn(servers, app)) {
    throw new Error(`There is no demo "${app}". There are: ${Object.keys(servers).join(", ")}.`);
  }
  const port = Number(process.env.PORT ?? 3000);
  if (!(await isFree(port))) throw new Error(`Port ${port} is in use. Set PORT to another one.`);
  const appUrl = `http://localhost:${port}`;
  const set = { PORT: String(port), APP_URL: appUrl, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const stripe = hasStripeKeys() ? {} : await startSandbox(running, appUrl);
  start(running, app, servers[app], join(root, "apps", app), { ...process.env, ...set, ...stripe });
  // The first access creates the embedded database, which takes seconds: better here than at the first click.
  await answers(running, `${appUrl}/api/billing/access`);
  return demoGuide(appUrl, stripe.STRIPE_API_BASE);
}

function hasStripeKeys() {
  const keys = keyNames.filter((name) => process.env[name]);
  if (keys.length > 0 && keys.length < keyNames.length) {
    throw new Error(`To run against Stripe, set all three of ${keyNames.join(", ")}.`);
  }
  return keys.length > 0;
}

/** Gives the environment that makes an app talk to the sandbox. */
async function startSandbox(running, appUrl) {
  const wanted = Number(process.env.SANDBOX_PORT ?? 4242);
  const port = (await isFree(wanted)) ? wanted : await freePort();
  const words = ["packages/sandbox/dist/cli.js", "--host", "localhost", "--port", String(port)];
  words.push(
    "--secret-key",
    sandboxKeys.STRIPE_SECRET_KEY,
    "--publishable-key",
    sandboxKeys.STRIPE_PUBLISHABLE_KEY,
  );
  words.push("--webhook-secret", sandboxKeys.STRIPE_WEBHOOK_SECRET);
  words.push("--forward-to", `${appUrl}/api/billing/webhook/stripe`);
  start(running, "sandbox", words, root, process.env);
  const url = `http://localhost:${port}`;
  await answers(running, `${url}/v1/account`);
  // The sandbox forgets when it ends, so the app's own data must not outlive it either.
  const data = mkdtempSync(join(tmpdir(), "tollgate-demo-"));
  running.folders.push(data);
  return { ...sandboxKeys, STRIPE_API_BASE: url, TOLLGATE_DATA: data };
}

function start(running, name, words, cwd, env) {
  const child = spawn(process.execPath, words, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.on("data", (text) => {
    if (process.env.DEMO_VERBOSE || /^callback:/m.test(text)) process.stdout.write(`[${name}] ${text}`);
  });
  child.once("exit", () => {
    if (!running.ending) process.stderr.write(`The ${name} process ended unexpectedly.\n`);
    void end(running, 1);
  });
  running.children.push(child);
}

/** A signal to one ends all. */
function endTogether(running) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(running, 0));
}

async function end(running, status) {
  if (running.ending) return;
  running.ending = true;
  await Promise.all(running.children.map(stop));
  for (const folder of running.folders) rmSync(folder, { recursive: true, force: true });
  process.exit(status);
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill("SIGKILL"), 4000);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

async function answers(running, url) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !running.ending) {
    const reached = await fetch(url).then(
      (response) => response.status < 500,
      () => false,
    );
    if (reached) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`Nothing answered at ${url} within a minute.`);
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
