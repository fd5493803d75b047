import type { BillingProvider, Store } from "@tollgate/core";
import { buildCatalog, type ExampleCatalog } from "@tollgate/core/testing";
import { type Sandbox, type SandboxOptions, type StripeEvent, startSandbox } from "@tollgate/sandbox";
import Stripe from "stripe";
import { type Billing, type BillingOptions, createBilling, type Logger } from "../src/index.js";
import { type StripeTerms, stripe as stripeProvider } from "../src/providers/stripe/index.js";
import {
  type Answer,
  appUrl,
  type CallOptions,
  type DeliveryOptions,
  readIdentity,
  send,
  toDelivery,
  toRequest,
} from "./requests.js";

/** A provider, a store and an app around them, with a clock that stands still until it is moved. */
export interface World {
  readonly sandbox: Sandbox;
  readonly billing: Billing<ExampleCatalog>;
  readonly provider: BillingProvider;
  /** The provider's API, as somebody in the provider's dashboard uses it. */
  readonly dashboard: Stripe;
  readonly logged: LogEntry[];
  /** The installation id of the app's database. */
  database(): Promise<string>;
  /** Another instance of the app, over another store or the same. It closes with this world. */
  instance(options?: Partial<BillingOptions<ExampleCatalog>>): Billing<ExampleCatalog>;
  /** Moves the provider's clock, and with it the app's. */
  tick(seconds?: number): void;
  /** What `send` received, as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Pays an open checkout on its hosted page. */
  pay(checkoutId: string, card?: string): Promise<void>;
  /** Pays an open checkout by bank debit, whose money comes (or doesn't) some seconds later. */
  debit(checkoutId: string, iban: string): Promise<void>;
  /** Opens a checkout, pays it and gives its id. No webhook is delivered. */
  buy(user: string, body?: Record<string, unknown>): Promise<string>;
  /** The provider's events about a user, of some types or of all, oldest first. */
  events(user: string, ...types: string[]): StripeEvent[];
  /** The checkouts that were opened at the provider for a user; no event mentions them. */
  checkouts(user: string): Promise<Stripe.Checkout.Session[]>;
  /** Delivers an event, signed, as the provider does. */
  deliver(event: StripeEvent, options?: DeliveryOptions): Promise<Answer>;
  close(): Promise<void>;
}

interface LogEntry {
  readonly level: "error" | "warn" | "info";
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** What the test's app does differently from most. */
export type WorldOptions = {
  readonly store: Store;
  readonly provider?: BillingProvider;
  /** What the provider's account is called. @default "stripe" */
  readonly account?: string;
  readonly sandboxOptions?: Pick<SandboxOptions, "webhookSecret" | "settings" | "restrictedKeys">;
  /** What `stripe()` is told besides. @default nothing */
  readonly terms?: StripeTerms;
} & Partial<BillingOptions<ExampleCatalog>>;

/** Starts a sandbox and an app that bills through it, its catalog pushed. */
export async function openWorld({ account, sandboxOptions, terms, ...own }: WorldOptions): Promise<World> {
  const start = new Date("2026-11-21T10:00:00Z");
  const sandbox = await startSandbox({ clock: () => start, ...sandboxOptions });
  const { hostname, port } = new URL(sandbox.url);
  const dashboard = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: "http" });
  const logged: LogEntry[] = [];
  const made = stripeProvider({
    ...(account !== undefined && { id: account }),
    ...terms,
    secretKey: sandbox.secretKey,
    webhookSecret: sandbox.webhookSecret,
    apiBase: sandbox.url,
    // Nobody else uses this sandbox.
    requestsPerSecond: 1_000,
  });
  const options: BillingOptions<ExampleCatalog> = {
    plans: buildCatalog(),
    provider: made,
    appUrl,
    identify: readIdentity,
    environment: "development",
    // Tests decide for themselves when the store is compared with the provider.
    reconcileEveryHours: 0,
    clock: sandbox.now,
    logger: logTo(logged),
    ...own,
  };
  const provider = own.provider ?? made;
  const instances: Billing<ExampleCatalog>[] = [];
  // One that is never closed works on, through the tests of every file that comes after.
  const instance: World["instance"] = (overrides = {}) => {
    const made = createBilling({ ...options, ...overrides });
    instances.push(made);
    return made;
  };
  const billing = instance();
  await billing.pushPlans();
  const call: World["call"] = (method, path, callOptions = {}) =>
    send(callOptions.billing ?? billing, toRequest(method, path, callOptions));
  const pay: World["pay"] = (checkoutId, card = "4242 4242 4242 4242") =>
    payOnPage(sandbox.url, checkoutId, card);
  return {
    sandbox,
    billing,
    provider,
    dashboard,
    logged,
    database: async () => (await options.store.readInstallation()).id,
    instance,
    tick: (seconds = 1) => sandbox.advance(new Date(sandbox.now().getTime() + seconds * 1000)),
    call,
    pay,
    debit: (checkoutId, account) =>
      submitPage(sandbox.url, checkoutId, { method: "bank", account, holder: "Ada Lovelace" }),
    async buy(user, body = { planId: "starter", interval: "month" }) {
      const opened = await call("POST", "/checkout", { as: user, body });
      if (opened.status !== 200) throw new Error(`The checkout did not open: ${JSON.stringify(opened.body)}`);
      await pay(opened.body.id);
      return opened.body.id;
    },
    events: (user, ...types) =>
      eventsOf(sandbox, user).filter(({ type }) => types.length === 0 || types.includes(type)),
    async checkouts(user) {
      const all = await dashboard.checkout.sessions.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
      return all.filter(({ client_reference_id: of }) => of === user);
    },
    deliver: (event, delivery = {}) =>
      send(
        delivery.billing ?? billing,
        toDelivery(sandbox, dashboard, event, { to: provider.id, ...delivery }),
      ),
    async close() {
      await Promise.all(instances.map((one) => one.close()));
      await sandbox.close();
    },
  };
}

function logTo(logged: LogEntry[]): Logger {
  const at = (level: LogEntry["level"]) => (fields: LogEntry["fields"], message: string) => {
    logged.push({ level, fields, message });
  };
  return { error: at("error"), warn: at("warn"), info: at("info") };
}

let users = 0;

/** A user that no other test has: tests of one file share a store. */
export function newUser(): string {
  users += 1;
  return `user_${process.pid}_${users}`;
}

function eventsOf(sandbox: Sandbox, user: string): StripeEvent[] {
  const all = sandbox.events().map((event) => ({ event, object: toFields(event.data.object) }));
  const mine = new Set(
    all.flatMap(({ event, object }) =>
      event.type === "customer.created" && isOf(user, object) ? [object.id] : [],
    ),
  );
  return all.flatMap(({ event, object }) =>
    mine.has(object.id) || mine.has(object.customer) ? [event] : [],
  );
}

/** Made by us for this user, or by hand with their address. */
function isOf(user: string, { email, metadata }: ReturnType<typeof toFields>): boolean {
  return email === `${user}@example.com` || metadata?.tollgate_customer === user;
}

function toFields(object: object): {
  readonly id?: unknown;
  readonly email?: unknown;
  readonly customer?: unknown;
  readonly metadata?: { readonly tollgate_customer?: unknown };
} {
  return object;
}

function payOnPage(sandboxUrl: string, checkoutId: string, card: string): Promise<void> {
  const fields = { number: card, expiry: "12 / 34", cvc: "123", name: "Ada Lovelace" };
  return submitPage(sandboxUrl, checkoutId, fields);
}

async function submitPage(
  sandboxUrl: string,
  checkoutId: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const page = `${sandboxUrl}/c/pay/${checkoutId}`;
  const response = await fetch(page, { method: "POST", body: form, redirect: "manual" });
  if (response.status !== 303)
    throw new Error(`The page answered ${response.status}: ${await response.text()}`);
}
