import { expect } from "vitest";
import type { Lives, TellLife } from "./lives.js";

const active = { status: "active" } as const;
const ended = { status: "ended" } as const;
const running = { stored: active, plan: "starter" } as const;
const over = { stored: ended, plan: "free" } as const;

export const refundOfTheLatest: TellLife = async ({ world, begin }) => {
  const life = await begin();
  await life.renew();
  const [latest] = await life.one.invoices();
  await world.billing.refunds.create({ customerId: life.user, invoiceId: latest?.id ?? "" });
  await life.deliver();
  const told = ["activated", "refund.succeeded", "ended"];
  await life.expect({ ...over, told, charged: 1800, refunded: 900 });
};

export const refundOfAnOlder: TellLife = async ({ world, begin }) => {
  const life = await begin();
  await life.renew();
  const [, older] = await life.one.invoices();
  await world.billing.refunds.create({ customerId: life.user, invoiceId: older?.id ?? "" });
  await life.deliver();
  const told = ["activated", "refund.succeeded"];
  await life.expect({ ...running, told, charged: 1800, refunded: 900 });
  await life.renew();
  await life.expect({ ...running, told, charged: 2700, refunded: 900 });
};

/** Of the payment for the current period. */
async function contest({ act, begin }: Lives, kind: string) {
  const life = await begin();
  await life.renew();
  const id = await act((await life.charges())[0], kind);
  await life.deliver();
  return { life, id };
}

export const disputeLost: TellLife = async (lives) => {
  const { life, id } = await contest(lives, "dispute_fraudulent");
  const told = ["activated", "dispute.opened"];
  await life.expect({ ...running, told, charged: 1800 });
  await lives.world.dashboard.disputes.close(id);
  await life.deliver();
  await life.expect({ ...over, told: [...told, "dispute.closed", "ended"], charged: 1800 });
  expect(await lives.world.dashboard.disputes.retrieve(id)).toMatchObject({ status: "lost", amount: 900 });
  await life.pass(40);
  await life.expect({ ...over, told: [...told, "dispute.closed", "ended"], charged: 1800 });
};

export const disputeWon: TellLife = async (lives) => {
  const { life, id } = await contest(lives, "dispute_fraudulent");
  const evidence = { uncategorized_text: "winning_evidence" };
  await lives.world.dashboard.disputes.update(id, { evidence });
  await life.pass(1);
  expect(await lives.world.dashboard.disputes.retrieve(id)).toMatchObject({ status: "won" });
  const told = ["activated", "dispute.opened", "dispute.closed"];
  await life.expect({ ...running, told, charged: 1800 });
  await life.renew();
  await life.expect({ ...running, told, charged: 2700 });
};

export const disputePrevented: TellLife = async (lives) => {
  const { life, id } = await contest(lives, "dispute_prevented");
  expect(await lives.world.dashboard.disputes.retrieve(id)).toMatchObject({ status: "prevented" });
  await life.expect({ ...over, told: ["activated", "dispute.closed", "ended"], charged: 1800 });
};
