import { expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../../test/connect.js";

const dayOf = (seconds: number | undefined): string =>
  new Date((seconds ?? 0) * 1000).toISOString().slice(0, 10);

it("renews on the day that was asked for, and on the last day of months that lack it", async () => {
  const { stripe, sandbox } = await connect({ clock: () => new Date(Date.UTC(2026, 1, 10, 12)) });
  const [customer, price] = [await payer(stripe), await recurringPrice(stripe, 2900)];
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    billing_cycle_anchor_config: { day_of_month: 31 },
  });
  const ends: string[] = [];
  for (const month of [1, 2, 3, 4, 5]) {
    const { items } = await stripe.subscriptions.retrieve(id);
    ends.push(dayOf(items.data[0]?.current_period_end));
    sandbox.advance(new Date(Date.UTC(2026, month + 1, 1, 12)));
  }
  expect(ends).toEqual(["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]);
});
