import { stripe } from "../src/providers/stripe/index.js";
import { type Changer, newChanger } from "./changer.js";
import { seatCatalog } from "./seat-catalog.js";
import type { World, WorldOptions } from "./world.js";
import { openWorld } from "./world.js";

const day = 86_400;

/** What the tests of seats do with their world. */
export async function openSeatWorld(options: Omit<WorldOptions, "plans">) {
  const world = await openWorld({ jobs: "manual", rateLimits: false, plans: seatCatalog, ...options });
  return { world, ...seatStory(world) };
}

function seatStory(world: World) {
  const { seats } = world.billing;
  return {
    /** A team that has bought so many seats. */
    buyTeam: (quantity: number, planId = "team") =>
      newChanger(world, { planId, interval: "month", quantity }),
    set: (one: Pick<Changer, "user">, count: number) => seats.set({ customerId: one.user, count }),
    read: (one: Pick<Changer, "user">) => seats.read({ customerId: one.user }),
    /** How many the provider bills, and from the next period on. */
    async billed(one: Changer) {
      const { items } = await one.subscription();
      return items.data.map(({ quantity }) => quantity);
    },
    /** What so many seats of 10.00 instead of others cost for what is left of the period: each line is rounded. */
    async prorated(one: Changer, before: number, after: number) {
      const { items } = await one.subscription();
      const [item] = items.data;
      if (item === undefined) throw new Error("Nothing is billed.");
      const { current_period_start: start, current_period_end: end } = item;
      const left = (end - world.sandbox.now().getTime() / 1000) / (end - start);
      return Math.round(after * 1_000 * left) - Math.round(before * 1_000 * left);
    },
    /** What they are charged while something happens. */
    async paidFor<T>(one: Changer, work: () => Promise<T>) {
      const before = await one.charged();
      const result = await work();
      return { result, paid: (await one.charged()) - before };
    },
    /** Another instance of the app, which does not reach the provider. */
    cutOff: () => {
      const { secretKey, webhookSecret } = world.sandbox;
      const apiBase = "http://127.0.0.1:9";
      return world.instance({
        provider: stripe({ secretKey, webhookSecret, apiBase, requestsPerSecond: 1_000 }),
      });
    },
    days: (count: number) => world.tick(count * day),
    async renew(one: Changer, days: number) {
      world.tick(days * day);
      world.tick(2 * 3600);
      await one.hear();
    },
    async settle() {
      await world.billing.runJobs();
    },
  };
}
