import type { StripeEvent } from "@tollgate/sandbox";
import type { Billing } from "../../src/index.js";
import { newUser, type World } from "../world.js";
import { act, customerOf } from "./life-acts.js";
import type { LifeStep } from "./life-step.js";
import { type PaidFor, toPaidFor } from "./paid-for.js";
import { type PlanByPrice, readBooks } from "./provider-books.js";

/** Somebody whose life is played through our own API, at a provider whose clock the test moves. */
export interface Living {
  /** Does it; `false`: it was refused, or there was nothing to do it to. */
  perform(step: LifeStep): Promise<boolean>;
  /** Delivers what the provider has to say, and runs what waits. */
  settle(): Promise<void>;
  /** What their access shows: the plan and its seats; `null`: the free one. */
  granted(): Promise<{ readonly planId: string; readonly seats: number } | null>;
  /** What the provider's books say. */
  paidFor(): Promise<PaidFor>;
  /** Ends what still runs. */
  end(): Promise<void>;
}

export const graceDays = 7;

/** The provider tells what happens for three days at most: https://docs.stripe.com/webhooks#automatic-retries */
const latestHours = 72;

/** @param parts.hasty an instance of the app whose policy is that less money happens now, too */
export function createLiving(parts: {
  readonly world: World;
  readonly hasty: Billing;
  readonly plans: PlanByPrice;
}): Living {
  const { world, plans } = parts;
  const { dashboard, sandbox } = world;
  const actor = { ...parts, user: newUser(), left: new Set<string>() };
  const firstFailures = new Map<string, number>();
  const decided = new Map<string, number>();
  const heard = new Set(sandbox.events().map(({ id }) => id));

  /** Grace counts from when a failure is known, which a re-read tells no earlier than it is made. */
  function note({ type, created, data }: StripeEvent): void {
    const told = Math.floor(sandbox.now().getTime() / 1000);
    const id = "id" in data.object ? String(data.object.id) : "";
    if (type === "invoice.payment_failed" && !firstFailures.has(id)) firstFailures.set(id, told);
    if (type === "charge.dispute.closed") decided.set(id, created);
  }

  async function hear(): Promise<number> {
    const events = sandbox.events().filter(({ id }) => !heard.has(id));
    for (const event of events) {
      heard.add(event.id);
      note(event);
      const { status } = await world.deliver(event);
      if (status !== 200) throw new Error(`${event.type} was answered with ${status}.`);
    }
    return events.length;
  }

  async function work(): Promise<void> {
    for (;;) {
      const { callbacks, jobs, done } = await world.billing.runJobs();
      if (done && callbacks + jobs === 0) return;
    }
  }

  async function settle(): Promise<void> {
    // What the jobs do at the provider is told as well.
    do await work();
    while ((await hear()) > 0);
  }

  return {
    async perform(step) {
      world.tick(30);
      if (step.kind !== "pass") return act(actor, step);
      for (let left = step.hours; left > 0; left -= latestHours) {
        await act(actor, { ...step, hours: Math.min(left, latestHours) });
        await settle();
      }
      return true;
    },
    settle,
    async granted() {
      const { state } = await world.billing.access(new Headers({ "x-user": actor.user }));
      if (state.planId === null || state.planId === "free") return null;
      return { planId: state.planId, seats: state.subscription?.quantity ?? 0 };
    },
    async paidFor() {
      const books = await readBooks(dashboard, await customerOf(actor));
      const agreed = { left: actor.left, firstFailures, decided, graceDays, plans };
      return toPaidFor(books, agreed, sandbox.now());
    },
    async end() {
      const customer = await customerOf(actor);
      for await (const { id, status } of dashboard.subscriptions.list({ customer }))
        if (status !== "canceled") await dashboard.subscriptions.cancel(id);
    },
  };
}
