import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnPostgres } from "../each-store.js";
import { type MigrationWorld, openMigrationWorld } from "../price-migrations/migration-world.js";
import { newUser } from "../world.js";
import { dyingAt, mortalDriver, mortalProvider } from "./crash.js";

/** How many customers there are. */
const people = Number(process.env.TOLLGATE_MIGRATED ?? 21);
/** How often both servers die in a round: after 2, 4, 8… steps. */
const deaths = 6;

/** What each kind is billed before and after, to the minor unit, worked out by hand; `null`: nothing any more. */
const kinds = {
  plain: { planId: "pro", bills: () => [2_900, 4_500] },
  seats: { planId: "team", bills: (seats) => [1_000 * seats, 1_200 * seats] },
  /** With 20 % off for good. */
  discounted: { planId: "pro", bills: () => [2_900, 3_600] },
  /** Who is another customer's by the time that it is moved. */
  given: { planId: "pro", bills: () => [2_900, 4_500] },
  /** Whose card is declined at the new price, and replaced. */
  debtor: { planId: "pro", bills: () => [2_900, 4_500] },
  promised: { planId: "pro", bills: () => [2_900, 2_900] },
  leaving: { planId: "pro", bills: () => [2_900] },
} as const satisfies Record<
  string,
  { readonly planId: string; readonly bills: (quantity: number) => readonly number[] }
>;
const names = Object.keys(kinds) as (keyof typeof kinds)[];

interface Buyer {
  readonly kind: keyof typeof kinds;
  readonly subscriptionId: string;
  readonly quantity: number;
  /** Who has had the subscription, the latest last. */
  readonly owners: string[];
}

describeOnPostgres(`${people} who are moved to new prices by two servers that die`, (createStore) => {
  let world: MigrationWorld;
  const buyers: Buyer[] = [];
  const of = (kind: Buyer["kind"]) => buyers.filter((one) => one.kind === kind);

  beforeAll(async () => {
    world = await openMigrationWorld(createStore(mortalDriver), { wrapProvider: mortalProvider });
    const coupon = await world.stripe.coupons.create({ percent_off: 20, duration: "forever" });
    const owners: (Pick<Buyer, "kind" | "quantity"> & { readonly user: string })[] = [];
    for (let n = 0; n < people; n += 1) {
      const kind = names[n % names.length] ?? "plain";
      const quantity = kind === "seats" ? 1 + (n % 9) : 1;
      const user = await world.pay(kinds[kind].planId, { quantity });
      owners.push({ kind, quantity, user });
    }
    await world.app.settle();
    for (const { kind, quantity, user } of owners) {
      const { id } = await world.subscriptionOf(user);
      buyers.push({ kind, subscriptionId: id, quantity, owners: [user] });
      if (kind === "discounted")
        await world.stripe.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] });
      if (kind === "promised") await world.latest().prices.promise({ customerId: user });
      if (kind === "leaving") await world.latest().subscriptions.cancel({ customerId: user });
    }
    await world.release();
  }, 1_800_000);
  afterAll(() => world?.close());

  test("each is told once, billed the new price from one renewal on, and keeps what they had", async () => {
    await startEverywhere();
    await give();
    await changeCards("pm_card_chargeCustomerFail");
    const ends = await Promise.all(buyers.map(async ({ owners }) => renewalOf(owners.at(-1) ?? "")));
    const [first, last] = [Math.min(...ends), Math.max(...ends)];
    const day = 86_400_000;
    for (const time of [first - 6 * day, first - day / 8, last + day / 8]) {
      await world.app.advance(new Date(time));
      await roundOfDeaths();
    }
    await changeCards("pm_card_visa");
    await payDebts();
    await world.round();

    const wrong = [];
    for (const buyer of buyers) {
      const stays = buyer.kind === "promised" || buyer.kind === "leaving";
      const right = {
        bills: kinds[buyer.kind].bills(buyer.quantity),
        told: stays ? [] : ["price_change.announced", "price_change.applied"],
      };
      const is = { bills: await billsOf(buyer), told: toldTo(buyer) };
      if (JSON.stringify(is) !== JSON.stringify(right)) wrong.push({ ...buyer, is, right });
    }
    expect(wrong).toEqual([]);
    const held = [];
    for await (const { status } of world.stripe.subscriptionSchedules.list({ limit: 100 }))
      if (status === "active" || status === "not_started") held.push(status);
    expect(held).toEqual([]);
  }, 3_600_000);

  /** From both servers at the same time. */
  async function startEverywhere(): Promise<void> {
    const shared = { at: world.in({ hours: 1 }), noticeDays: 7 };
    const started = await Promise.all(
      [world.latest(), world.another()].flatMap(({ priceMigrations: migrations }) => [
        migrations.start({ ...shared, id: "pro", planId: "pro" }),
        migrations.start({ ...shared, id: "team", planId: "team" }),
      ]),
    );
    const [onTeam, stay] = [of("seats").length, of("promised").length + of("leaving").length];
    expect(started.map(({ id, counts }) => ({ id, waiting: counts.waiting }))).toEqual(
      ["pro", "team", "pro", "team"].map((id) => ({
        id,
        waiting: id === "team" ? onTeam : people - onTeam - stay,
      })),
    );
  }

  async function give(): Promise<void> {
    for (const { subscriptionId, owners } of of("given")) {
      const [from = ""] = owners;
      const to = newUser();
      await world.latest().subscriptions.move({ subscriptionId, from, to });
      owners.push(to);
    }
  }

  /** The debtors'. */
  async function changeCards(card: string): Promise<void> {
    for (const { subscriptionId } of of("debtor")) {
      const { customer } = await world.stripe.subscriptions.retrieve(subscriptionId);
      const { id } = await world.stripe.paymentMethods.attach(card, { customer: String(customer) });
      await world.stripe.subscriptions.update(subscriptionId, { default_payment_method: id });
    }
  }

  async function payDebts(): Promise<void> {
    for (const { subscriptionId: subscription } of of("debtor")) {
      const { data } = await world.stripe.invoices.list({ subscription, status: "open" });
      expect(data.map(({ total }) => total)).toEqual([4_500]);
      for (const { id } of data) await world.stripe.invoices.pay(id);
    }
  }

  async function renewalOf(user: string): Promise<number> {
    return Date.parse((await world.subscriptionOf(user)).currentPeriod?.end ?? "");
  }

  /** Both servers go through it at once, and each dies at another step, again and again; then nobody dies. */
  async function roundOfDeaths(): Promise<void> {
    const servers = [world.latest(), world.another()];
    let died = 0;
    for (let round = 1; round <= deaths; round += 1) {
      await world.store.enqueueJobs([{ type: "migrate_prices" }]);
      const works = servers.map((server, n) => {
        const point = { step: 2 ** round + n, side: n === round % 2 ? "before" : "after" } as const;
        return dyingAt(point, () => server.runJobs({ maxSeconds: 60 })).catch(() => {
          died += 1;
        });
      });
      await Promise.all(works);
    }
    expect(died).toBeGreaterThan(0);
    await world.round();
  }

  async function billsOf({ subscriptionId }: Buyer): Promise<readonly number[]> {
    const { data } = await world.stripe.invoices.list({ subscription: subscriptionId, limit: 100 });
    return data.map(({ total }) => total).toReversed();
  }

  /** What was told, each once however often it came. */
  function toldTo({ owners }: Buyer): readonly string[] {
    const told = world.told.filter(({ data }) => owners.includes(data.customerId));
    return [...new Map(told.map(({ id, type }) => [id, type])).values()];
  }
});
