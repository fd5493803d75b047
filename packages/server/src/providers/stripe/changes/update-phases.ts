import type Stripe from "stripe";
import type { CallStripe } from "../client/stripe-client.js";
import { stripeErrorOf } from "../client/to-provider-error.js";
import { idOf } from "../language/id-of.js";

/** Another instance may archive a price again between our steps. */
const mostAttempts = 3;

/**
 * Changes the phases of a schedule. The phase that runs has to be given again, and whoever keeps an old price has one that
 * was archived since. Stripe takes only active prices where one is chosen, and does not say whether it makes an exception
 * for what runs already (https://docs.stripe.com/api/subscription_schedules/update). Where it refuses, those that the
 * schedule has are active for that one request: nobody can buy one meanwhile, because what finds prices to sell, their
 * lookup key, has moved on to today's.
 */
export async function updatePhases(
  call: CallStripe,
  schedule: Pick<Stripe.SubscriptionSchedule, "id" | "phases">,
  params: Stripe.SubscriptionScheduleUpdateParams,
  idempotencyKey?: string,
): Promise<void> {
  const update = async (attempt: number) => {
    const key = attempt === 0 ? idempotencyKey : `${idempotencyKey}:${attempt}`;
    const options = key === undefined || idempotencyKey === undefined ? {} : { idempotencyKey: key };
    await call((client) => client.subscriptionSchedules.update(schedule.id, params, options));
  };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (attempt === 0 ? update(0) : withPricesOf(call, schedule, () => update(attempt)));
    } catch (error) {
      if (!isOfArchivedPrice(error) || attempt === mostAttempts) throw error;
    }
  }
}

async function withPricesOf(
  call: CallStripe,
  { phases }: Pick<Stripe.SubscriptionSchedule, "phases">,
  work: () => Promise<void>,
): Promise<void> {
  const ids = new Set(phases.flatMap(({ items }) => items.map(({ price }) => idOf(price))));
  const prices = await Promise.all([...ids].map((id) => call((client) => client.prices.retrieve(id))));
  const archived = prices.filter(({ active }) => !active);
  const turn = (active: boolean) =>
    Promise.all(archived.map(({ id }) => call((client) => client.prices.update(id, { active }))));
  try {
    await turn(true);
    await work();
  } finally {
    await turn(false);
  }
}

/** Whether Stripe refused a price because it was archived. */
export function isOfArchivedPrice(error: unknown): boolean {
  return stripeErrorOf(error)?.message.startsWith("The price specified is inactive") === true;
}
