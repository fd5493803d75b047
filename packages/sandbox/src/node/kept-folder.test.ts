import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startShop } from "../../test/start-shop.js";
import { routes } from "../api/http/routes.js";
import type { Sandbox } from "../index.js";
import { startSandbox } from "./start-sandbox.js";

type Hash = Record<string, unknown>;
type Path = readonly string[];

const platform = "acct_1TollgateSandbox";
const options = { log: () => undefined, seed: "kept", accounts: ["acct_1Shop"] };

let folder = "";
let text = "";
const file = (): string => join(folder, "sandbox.json");
const kept = (): Hash => JSON.parse(text) as Hash;

/** A folder as a sandbox left it that had a bit of everything. */
const fill = async (): Promise<void> => {
  const webhooks = [{ url: "http://127.0.0.1:9/", connect: true, chaos: { delay: 1 } }];
  const { stripe, sandbox, price, close } = await startShop({
    ...options,
    data: folder,
    webhooks,
    chaos: { duplicates: 1 },
    restrictedKeys: [{ key: "rk_test_reader", permissions: { "*": "read" } }],
    seedData: { products: [{ name: "There from the start" }] },
  });
  const { id } = await price("Pro", 900, "month");
  const customer = await stripe.customers.create({
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  await stripe.subscriptions.create(
    { customer: customer.id, items: [{ price: id }] },
    { idempotencyKey: "a" },
  );
  await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: id, quantity: 1 }],
    success_url: "https://app.test/",
  });
  await stripe.customers.create({ name: "Bob" }, { stripeAccount: "acct_1Shop" });
  await stripe.shippingRates.create({
    display_name: "Post",
    type: "fixed_amount",
    fixed_amount: { amount: 500, currency: "usd" },
  });
  await sandbox.settled();
  await close();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-"));
  await fill();
  text = await readFile(file(), "utf8");
});
afterAll(() => rm(folder, { recursive: true }));

const isObject = (value: unknown): value is Hash => typeof value === "object" && value !== null;

const at = (state: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), state);

const drop = (state: Hash, path: Path): Hash => {
  const holder = at(state, path.slice(0, -1));
  if (isObject(holder)) delete holder[path.at(-1) ?? ""];
  return state;
};

/** The state without one of its keys, as a version kept it that did not have it yet. */
const without = (path: Path): Hash => drop(kept(), path);

const keysOf = (path: Path): Path[] => Object.keys(at(kept(), path) as Hash).map((key) => [...path, key]);

const world: Path = ["accounts", platform, "world"];

/** What has a fixed set of keys, to which a later version may add one. */
const fixed = (): Path[] => {
  const [endpoint = ""] = Object.keys(at(kept(), [...world, "hidden", "endpoints"]) as Hash);
  const parts = ["hidden", "account", "settings", "settings.dunning", "settings.dueReminders", "chaos"];
  const rows = ["chaos.everywhere", `chaos.at.${endpoint}`, "accounts.acct_1Shop"];
  return [
    [],
    world.slice(0, -1),
    world,
    ...[...parts, ...rows].map((part) => [...world, ...part.split(".")]),
    ["dispatcher"],
    ["dispatcher", "deliveries", "0"],
    ["dispatcher", "deliveries", "0", "attempts", "0"],
    ["dispatcher", "errands", "0"],
  ];
};

/** The lists of all resources, and the dashboard's first page. */
const lists = [
  "/dashboard",
  ...routes.filter(({ method, path }) => method === "GET" && !path.includes(":")).map(({ path }) => path),
];

/** What fails, of every list. */
const failures = async ({ fetch, url, secretKey }: Sandbox): Promise<string[]> => {
  const headers = { authorization: `Bearer ${secretKey}` };
  const answers = lists.map(async (path) => {
    const { status } = await fetch(new Request(`${url}${path}`, { headers }));
    return status < 500 ? [] : [`${path}: ${status}`];
  });
  return (await Promise.all(answers)).flat();
};

/** Opens a folder with this state, and says what fails and what is kept afterwards. */
const open = async (state: Hash): Promise<{ failed: string[]; state: Hash }> => {
  await writeFile(file(), JSON.stringify(state));
  const sandbox = await startSandbox({ ...options, data: folder });
  const failed = await failures(sandbox);
  await sandbox.settled();
  await sandbox.close();
  return { failed, state: JSON.parse(await readFile(file(), "utf8")) as Hash };
};

/** What every version kept: without it a state, a row or a delivery would be none. */
const always = ["format", "id", "created", "items", "delivery", "body", "endpoint", "at"];

/** The tables of which there are rows, as paths. */
const tables = (): Path[] =>
  [world, [...world, "hidden"]]
    .flatMap(keysOf)
    .filter((path) => path.at(-1) !== "hidden" && isObject(at(kept(), path)))
    .filter(
      (path) =>
        !Array.isArray(at(kept(), path)) && !["account", "settings", "chaos"].includes(String(path[3])),
    );

/** Of texts and numbers nobody can say what they were before they existed; and they always did. */
const mayBeMissing = (value: unknown): boolean => typeof value === "boolean" || typeof value === "object";

/** How many keys are dropped at a time: a sandbox is opened for each lot. */
const some = 10;

/** Where the rows of all tables have fields that may be missing: some of each, from the `nth` on. */
const fieldsFrom = (nth: number): Path[] =>
  tables()
    .flatMap(keysOf)
    .filter((row) => !Array.isArray(at(kept(), row)) && isObject(at(kept(), row)))
    .flatMap((row) => keysOf(row).slice(nth, nth + some))
    .filter((field) => mayBeMissing(at(kept(), field)) && !always.includes(field.at(-1) ?? ""));

/** How many fields the widest row has. */
const most = 70;

const mayBeDropped = (path: Path): boolean =>
  path.join() !== "accounts" && (!always.includes(path.at(-1) ?? "") || path.at(3) === "account");

const lotsOf = (paths: readonly Path[]): Path[][] =>
  Array.from({ length: Math.ceil(paths.length / some) }, (_, lot) =>
    paths.slice(lot * some, (lot + 1) * some),
  );

/** The first row of a table. */
const firstIn = (table: string): Path => keysOf([...world, ...table.split(".")])[0] ?? [];

describe("a folder that an earlier version kept", () => {
  it("opens whichever of its keys is missing, and has it from then on", async () => {
    const wrong: string[] = [];
    for (const paths of fixed().flatMap((part) => lotsOf(keysOf(part).filter(mayBeDropped)))) {
      const { failed, state } = await open(paths.reduce(drop, kept()));
      const missing = paths.filter((path) => at(state, path) === undefined);
      failed.push(...missing.map((path) => `${path.join(".")} is still missing`));
      const names = paths.map((path) => path.join("."));
      wrong.push(...failed.map((failure) => `${failure} without ${names.join(", ")}`));
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it("opens whichever fields its rows lack", async () => {
    const wrong: string[] = [];
    for (let nth = 0; nth < most; nth += some) {
      const fields = fieldsFrom(nth);
      if (fields.length === 0) continue;
      const { failed } = await open(fields.reduce(drop, kept()));
      const names = fields.map((field) => field.slice(3).join("."));
      wrong.push(...failed.map((failure) => `${failure} without ${names.join(", ")}`));
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it.each<[string, string, unknown]>([
    ["subscriptions", "discounts", []],
    ["subscriptions", "metadata", {}],
    ["subscriptions", "cancel_at_period_end", false],
    ["subscriptions", "cancel_at", null],
    ["invoices", "amount_overpaid", 0],
    ["hidden.endpoints", "hears", "own"],
    ["hidden.checkouts", "taxRates", {}],
    ["restrictedKeys", "expires_at", null],
  ])("has in %s as %s what a new one begins with", async (table, name, beginning) => {
    const field = [...firstIn(table), name];
    const { state } = await open(without(field));
    expect(at(state, field)).toEqual(beginning);
  });

  it("stays as it is when nothing is missing", async () => {
    const { failed, state } = await open(kept());
    expect(failed).toEqual([]);
    expect(at(state, world)).toEqual(at(kept(), world));
    expect(state.start).toEqual(kept().start);
  });

  it("goes back to a start that the earlier version kept", async () => {
    const start = JSON.parse(String(kept().start)) as Hash;
    const products = at(start, [...world, "products"]);
    const bare = { ...start, accounts: { [platform]: { world: { products } } }, dispatcher: undefined };
    await writeFile(file(), JSON.stringify({ ...kept(), start: JSON.stringify(bare) }));
    const sandbox = await startSandbox({ ...options, data: folder });
    sandbox.reset();
    expect(await failures(sandbox)).toEqual([]);
    await sandbox.close();
    const after = JSON.parse(await readFile(file(), "utf8")) as Hash;
    expect(at(after, [...world, "products"])).toEqual(products);
  });
});

it("a list goes on from a row that was deleted before the folder was opened again", async () => {
  const data = await mkdtemp(join(tmpdir(), "gone-"));
  const before = await startShop({ ...options, data });
  const ids: string[] = [];
  for (const name of ["a", "b", "c", "d", "e"])
    ids.push((await before.stripe.coupons.create({ name, percent_off: 5, duration: "once" })).id);
  const [a = "", b = "", c = "", d = "", e = ""] = ids;
  for (const id of [b, c, e]) await before.stripe.coupons.del(id);
  await before.close();
  const again = await startShop({ ...options, data });
  const after = async (cursor: object) => (await again.stripe.coupons.list(cursor)).data.map(({ id }) => id);
  expect(await after({ starting_after: c })).toEqual([a]);
  expect(await after({ ending_before: b })).toEqual([d]);
  expect(await after({ starting_after: e })).toEqual([d, a]);
  const { id: f } = await again.stripe.coupons.create({ percent_off: 5, duration: "once" });
  expect(await after({ ending_before: e })).toEqual([f]);
  await expect(after({ starting_after: "nope" })).rejects.toThrow("No such coupon");
  await again.close();
  await rm(data, { recursive: true });
});

describe("a folder that a newer version kept", () => {
  const [settings, chaos] = ["settings", "chaos"].map((part) => [...world, part]);

  it.each<[string, Path, string]>([
    ["a format", [], "format"],
    ["a version of Stripe's API", [], "apiVersion"],
    ["a part", [], "ledger"],
    ["a part of what is delivered", ["dispatcher"], "ledger"],
    ["a part of an account", world.slice(0, -1), "ledger"],
    ["a table", world, "ledger"],
    ["a hidden table", [...world, "hidden"], "ledger"],
    ["a setting", settings ?? [], "ledger"],
    ["a part of a setting", [...(settings ?? []), "dunning"], "ledger"],
    ["a kind of chaos", [...(chaos ?? []), "everywhere"], "ledger"],
    ["a table in a connected account", ["accounts", "acct_1Shop", "world"], "ledger"],
  ])("is refused in words and left as it is for %s that is not known here", async (_, path, key) => {
    const state = kept();
    const holder = at(state, path);
    const value = { format: 2, apiVersion: "2099-01-01.future" }[key] ?? {};
    if (isObject(holder)) holder[key] = value;
    const written = JSON.stringify(state);
    await writeFile(file(), written);
    const named = { format: "format 2", apiVersion: `version ${value} of Stripe's API` }[key];
    await expect(startSandbox({ ...options, data: folder })).rejects.toThrow(
      `${file()} was written by a newer version of the sandbox: it has ${named ?? [...path, key].join(".")}, ` +
        "which this version does not know. It was left as it is. " +
        "Open it with the newer version, or move it away to begin anew.",
    );
    // Longer than a change waits before it is written.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await readFile(file(), "utf8")).toBe(written);
  });
});
