import type { Subscription } from "@tollgate/core";
import type Stripe from "stripe";
import { expect } from "vitest";
import { type Changer, changerOf } from "../changer.js";
import { anHourLater, day, type Stories, type Story } from "../ending-story.js";
import type { World } from "../world.js";

/** A customer's story together with what they do in the app. */
export interface Life extends Story {
  readonly one: Changer;
  /** Time passes until the renewal's first attempt, and the provider tells of it. */
  renew(): Promise<void>;
  pass(days: number): Promise<void>;
  stored(): Promise<Subscription>;
  /** The provider's payments, the latest first. */
  charges(): Promise<readonly Stripe.Charge[]>;
  /** As the provider has it, besides what `expect` compares. */
  provider(): Promise<Stripe.Subscription>;
}

/** What a story of a life needs. */
export interface Lives {
  readonly world: World;
  readonly store: Stories["store"];
  readonly begin: (body?: Record<string, unknown>) => Promise<Life>;
  /** A bank contests a payment; the dispute's id. */
  readonly act: (charge: Stripe.Charge | undefined, kind: string) => Promise<string>;
}

/** Told from the first payment to the end. */
export type TellLife = (lives: Lives) => Promise<void>;

export function createLives(stories: Stories): Lives {
  const { world, store } = stories;
  const { dashboard, sandbox } = world;
  function liveOn(story: Story): Life {
    const one = changerOf(world, story.user, story.customer);
    const stored = async () => {
      const found = await store.findSubscription(story.id, "stripe");
      if (found === null) throw new Error("It is not stored.");
      return found;
    };
    return {
      ...story,
      ...{ one, stored },
      async renew() {
        const { currentPeriod } = await stored();
        const left = Date.parse(currentPeriod?.end ?? "") - sandbox.now().getTime();
        world.tick(left / 1000 + anHourLater);
        await story.deliver();
      },
      async pass(days) {
        world.tick(days * day);
        await story.deliver();
      },
      charges: async () => (await dashboard.charges.list({ customer: story.customer, limit: 100 })).data,
      provider: () => dashboard.subscriptions.retrieve(story.id),
    };
  }
  return {
    ...{ world, store },
    begin: async (body) => liveOn(await stories.begin(body)),
    async act(charge, kind) {
      expect(charge).toBeDefined();
      await dashboard.rawRequest("POST", `/v1/sandbox/charges/${charge?.id}/dispute`, { kind });
      const { data } = await dashboard.disputes.list({ charge: charge?.id ?? "" });
      return data[0]?.id ?? "";
    },
  };
}

/** Cancels, and lets the rest of the period pass. */
export async function leave(life: Life): Promise<void> {
  await life.post("/subscription/cancel");
  await life.renew();
}

/** The day of the month and the month on which a period ends. */
export function endOf({ currentPeriod }: Subscription): string | undefined {
  return currentPeriod?.end.slice(5, 10);
}
