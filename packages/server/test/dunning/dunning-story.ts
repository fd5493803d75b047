import type { CallbackData, CallbackHandlers, CallbackType, Store, Subscription } from "@tollgate/core";
import type { SandboxOptions, StripeEvent } from "@tollgate/sandbox";
import type { BillingOptions } from "../../src/index.js";
import { newUser, openWorld, type World } from "../world.js";

export const day = 86_400;

const types = [
  ...(["subscription.past_due", "subscription.recovered", "subscription.ended", "payment.failed"] as const),
  ...(["dunning.notice", "payment.recovered", "dunning.ended", "payment_method.expiring"] as const),
] satisfies readonly CallbackType[];

/** What an app was told, in order. */
type Told = {
  readonly [T in (typeof types)[number]]: { readonly type: T; readonly data: CallbackData[T] };
}[(typeof types)[number]];

/** An app whose jobs run when a test says so, and what it was told. */
export interface DunningStory {
  readonly world: World;
  readonly store: Store;
  readonly told: Told[];
  /** Buys a plan by the month with a card that works, and hears of it. */
  begin(body?: Record<string, unknown>): Promise<Customer>;
  close(): Promise<void>;
}

/** A customer, what happens to them, and what can be seen of it. */
export interface Customer {
  readonly user: string;
  /** Time passes, webhooks arrive, and the jobs run. */
  pass(seconds: number): Promise<void>;
  /** Time passes, and the webhooks arrive, while no instance runs jobs. */
  sleep(seconds: number): Promise<void>;
  work(): Promise<void>;
  /** Replaces the card that pays, as the portal does. */
  replaceCard(token: string): Promise<void>;
  /** Time passes until the renewal's first attempt, an hour after the period's end. */
  renew(): Promise<void>;
  /** When the provider plans to try again. */
  nextAttempt(): Promise<string | null>;
  openInvoices(): Promise<readonly string[]>;
  payOpen(): Promise<void>;
  told(...only: readonly Told["type"][]): readonly Told[];
  noticed(): readonly number[];
  stored(): Promise<Subscription>;
  // biome-ignore lint/suspicious/noExplicitAny: a test names what it expects of a body
  access(role?: "manager" | "member"): Promise<any>;
}

export async function openStory(
  store: Store,
  settings: SandboxOptions["settings"] = {},
  options: Partial<BillingOptions> = {},
): Promise<DunningStory> {
  const told: Told[] = [];
  const on = Object.fromEntries(
    types.map((type) => [type, (data: unknown) => void told.push({ type, data } as Told)]),
  ) as CallbackHandlers;
  const world = await openWorld({
    ...{ store, jobs: "manual", on, sandboxOptions: { settings } },
    ...(options as object),
  });
  const begin = async (body?: Record<string, unknown>) => {
    const user = newUser();
    world.tick(60);
    await world.buy(user, body);
    for (const event of world.events(user)) await world.deliver(event);
    const customer = createCustomer({ world, store, told }, user, await payerOf(world, user));
    await customer.work();
    return customer;
  };
  return { world, store, told, begin, close: () => world.close() };
}

async function payerOf(world: World, user: string): Promise<string> {
  const link = await world.dashboard.customers.list({ email: `${user}@example.com` });
  const [customer] = link.data;
  if (customer === undefined) throw new Error("Nobody was made.");
  return customer.id;
}

type Parts = Pick<DunningStory, "world" | "store" | "told">;

function createCustomer({ world, store, told }: Parts, user: string, payer: string): Customer {
  const heard = new Set(world.sandbox.events().map(({ id }) => id));
  const isTheirs = ({ data: { object } }: StripeEvent) =>
    ("customer" in object && object.customer === payer) || ("id" in object && object.id === payer);
  const stored = async () => {
    const all = await store.listSubscriptions(user);
    const one = all.at(-1);
    if (one === undefined) throw new Error("Nothing is stored.");
    return one;
  };
  const open = async () =>
    (await world.dashboard.invoices.list({ customer: payer, status: "open" })).data.flatMap(
      ({ id }) => id ?? [],
    );
  const hear = async () => {
    for (const event of world.sandbox.events().filter(isTheirs)) {
      if (heard.has(event.id)) continue;
      heard.add(event.id);
      await world.deliver(event);
    }
  };
  const work = async () => {
    await store.enqueueJobs([{ type: "tell_dunning" }]);
    await world.billing.runJobs();
  };
  const sleep = async (seconds: number) => {
    world.tick(seconds);
    await hear();
  };
  const own = () => told.filter(({ data }) => data.customerId === user);
  return {
    ...{ user, stored, work, sleep, openInvoices: open },
    async pass(seconds) {
      await sleep(seconds);
      await work();
    },
    async replaceCard(token) {
      const { id } = await stored();
      const method = await world.dashboard.paymentMethods.attach(token, { customer: payer });
      await world.dashboard.subscriptions.update(id, { default_payment_method: method.id });
    },
    async renew() {
      const { currentPeriod } = await stored();
      const due = Date.parse(currentPeriod?.end ?? "") + 3_600_000;
      await sleep((due - world.sandbox.now().getTime()) / 1000 + 1);
      await work();
    },
    async nextAttempt() {
      const { data } = await world.dashboard.invoices.list({ customer: payer, status: "open" });
      const at = data[0]?.next_payment_attempt ?? null;
      return at === null ? null : new Date(at * 1000).toISOString();
    },
    async payOpen() {
      for (const id of await open()) await world.dashboard.invoices.pay(id);
    },
    told: (...only) => own().filter(({ type }) => only.length === 0 || only.includes(type)),
    noticed: () => own().flatMap((one) => (one.type === "dunning.notice" ? [one.data.noticed] : [])),
    access: async (role = "manager") => (await world.call("GET", "/access", { as: user, role })).body,
  };
}
