import { expect, it } from "vitest";
import { connect, payer, recurringPrice } from "../../../test/connect.js";

const month = 31 * 86_400_000;

it("says until when an item was billed, to whoever expands it, and follows its renewals", async () => {
  const { stripe, sandbox } = await connect();
  const [customer, price] = [(await payer(stripe)).id, await recurringPrice(stripe, 2900)];
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  expect(items.data[0]).not.toHaveProperty("billed_until");
  const look = async () => {
    const expand = ["items.data.billed_until"];
    const [item] = (await stripe.subscriptions.retrieve(id, { expand })).items.data;
    return [item?.billed_until, item?.current_period_end];
  };
  const [first, end] = await look();
  expect(first).toBe(end);
  sandbox.advance(new Date(sandbox.now().getTime() + month));
  sandbox.advance(new Date(sandbox.now().getTime() + 7_200_000));
  const [later, laterEnd] = await look();
  expect(later).toBe(laterEnd);
  expect(later).toBeGreaterThan(Number(first));
  const listed = await stripe.subscriptionItems.list({ subscription: id, expand: ["data.billed_until"] });
  expect(listed.data.map(({ billed_until }) => billed_until)).toEqual([later]);
});
