import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { connect } from "../../test/connect.js";
import { readConfig } from "./read-config.js";
import { readFlags } from "./read-flags.js";

describe("the command line", () => {
  it("names every option of a start", () => {
    const { options } = readFlags([
      "--port=0",
      "--host=localhost",
      "--allow-host=sandbox",
      "--allow-host=.example.test",
      "--forward-to=http://one.test/",
      "--forward-to=http://two.test/",
      "--connect",
      "--events=invoice.paid, customer.created",
      "--retries=live",
      "--rate-limit=25",
      "--clock=2027-01-31T12:00:00Z",
      "--api-version=2025-03-31.basil",
      "--data=state",
      "--chaos=duplicates=0.2,wrong-signature=1,delay-ms=50,seed=monday",
    ]);
    expect(options).toEqual({
      port: 0,
      host: "localhost",
      allowedHosts: ["sandbox", ".example.test"],
      webhooks: [
        { url: "http://one.test/", connect: true, events: ["invoice.paid", "customer.created"] },
        { url: "http://two.test/", connect: true, events: ["invoice.paid", "customer.created"] },
      ],
      retryDelays: "live",
      rateLimit: { perSecond: 25 },
      startAt: new Date("2027-01-31T12:00:00Z"),
      apiVersion: "2025-03-31.basil",
      data: "state",
      chaos: { duplicates: 0.2, wrongSignature: 1, delayMs: 50, seed: "monday" },
    });
    expect(readFlags([]).options).toEqual({});
  });

  it.each([
    ["--port=many", "--port must be a number"],
    ["--clock=soon", "--clock must be a time"],
    ["--api-version=newest", "--api-version must be a version such as"],
    ["--events=,", "--events takes types"],
    ["--retries=never", "--retries must be live or quick"],
    ["--rate-limit=0", "--rate-limit must be a number above 0"],
    ["--chaos=mayhem=1", "--chaos takes name=value pairs"],
    ["--chaos=drop=often", "--chaos drop must be a number"],
    ["--colour=red", "Unknown option '--colour'"],
  ])("refuses %s in words", (flag, message) => {
    expect(() => readFlags([flag])).toThrow(message);
  });
});

let folder = "";
afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
  folder = "";
});
const write = async (content: string): Promise<string> => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const file = join(folder, "config.json");
  await writeFile(file, content);
  return file;
};

describe("a configuration file", () => {
  it("says what the options of a start say", async () => {
    const file = await write(
      '{"$schema": "x", "port": 0, "startAt": "2027-01-31T12:00:00Z", "seedData": {}}',
    );
    expect(await readConfig(file)).toEqual({
      port: 0,
      startAt: new Date("2027-01-31T12:00:00Z"),
      seedData: {},
    });
    expect(await readConfig(`${file}.none`)).toBeNull();
  });

  it.each([
    ["{", "is not valid JSON"],
    ["[]", "must be a JSON object"],
    ['{"prot": 1}', "prot is unknown; known are port, host, allowedHosts"],
    ['{"port": "1"}', "port must be a number, not a string"],
    ['{"startAt": "soon"}', "startAt must be an ISO 8601 time"],
  ])("is refused with its name for %s", async (content, message) => {
    const file = await write(content);
    await expect(readConfig(file)).rejects.toThrow(message);
    await expect(readConfig(file)).rejects.toThrow(file);
  });
});

/** The command as a process of its own, with what it printed so far. */
const start = (
  args: string[],
  cwd: string,
): { child: ChildProcess; out: () => string; ended: Promise<number | null> } => {
  const cli = fileURLToPath(new URL("./cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), cli, ...args], { cwd });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (out += String(chunk)));
  return { child, out: () => out, ended: new Promise((resolve) => child.on("exit", resolve)) };
};

describe("the command", () => {
  it("reads its file, prints what it listens on, keeps data, and ends when told to", {
    timeout: 60_000,
  }, async () => {
    const file = await write(
      '{"port": 0, "data": "kept", "seedData": {"products": [{"name": "From the file"}]}}',
    );
    const { child, out, ended } = start([`--config=${file}`, "--clock=2027-01-31T12:00:00Z"], folder);
    await expect.poll(out, { timeout: 50_000 }).toContain("clock says 2027-01-31T12:00");
    const url = /Sandbox listening on (\S+)/.exec(out())?.[1] ?? "";
    expect(out()).toContain(`STRIPE_API_BASE=${url}\n  STRIPE_SECRET_KEY=sk_test_tollgate\n`);
    const headers = { authorization: "Bearer sk_test_tollgate" };
    const products = await (await fetch(`${url}/v1/products`, { headers })).json();
    expect(products).toMatchObject({ data: [{ name: "From the file" }] });
    expect(out()).not.toContain("Whoever reaches");
    await fetch(`${url}/v1/products?colour=red`, { headers });
    await expect
      .poll(out)
      .toContain("GET /v1/products 400 parameter_unknown: Received unknown parameter: colour\n");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    const { stripe, sandbox } = await connect({ data: join(folder, "kept") });
    expect((await stripe.products.list()).data.map(({ name }) => name)).toEqual(["From the file"]);
    expect(sandbox.now().getUTCFullYear()).toBe(2027);
    await sandbox.close();
  });

  it("warns whoever opens it to others", { timeout: 60_000 }, async () => {
    const { child, out, ended } = start(["--port=0", "--host=0.0.0.0"], tmpdir());
    await expect.poll(out, { timeout: 50_000 }).toContain("Whoever reaches 0.0.0.0 can do everything here");
    child.kill("SIGTERM");
    await ended;
  });

  it("plays in a sandbox that runs, and says in one line what does not fit", {
    timeout: 60_000,
  }, async () => {
    const { sandbox, stripe } = await connect();
    const { port } = new URL(sandbox.url);
    const args = ["play", "refund", `--port=${port}`];
    const [played, refused] = [start(args, tmpdir()), start([...args, "--customer=cus_none"], tmpdir())];
    expect([await played.ended, await refused.ended]).toEqual([0, 1]);
    expect(played.out()).toContain("charge.refunded");
    expect((await stripe.refunds.list()).data).toHaveLength(1);
    expect(refused.out()).toBe("No such customer: 'cus_none'\n");
  });

  it("says in one line that its port is taken", { timeout: 60_000 }, async () => {
    const { sandbox } = await connect();
    const { port } = new URL(sandbox.url);
    const { out, ended } = start([`--port=${port}`], tmpdir());
    expect(await ended).toBe(1);
    expect(out()).toBe(
      `Port ${port} on 127.0.0.1 is in use: choose another with --port, or 0 for a free one.\n`,
    );
  });
});
