import { expect } from "vitest";
import { anHourLater, day } from "../ending-story.js";
import { endOf, leave, type TellLife } from "./lives.js";

const starter = { planId: "starter", interval: "month" };
const team = { planId: "team", interval: "month", quantity: 5 };

/** Whoever buys on 31 January pays on the last day of shorter months, and on the 31st again after them. */
export const anchoredOnThe31st: TellLife = async ({ world, begin }) => {
  const now = world.sandbox.now();
  world.sandbox.advance(new Date(Date.UTC(now.getUTCFullYear() + 1, 0, 31, 9)));
  const life = await begin(starter);
  const february = new Date(Date.UTC(world.sandbox.now().getUTCFullYear(), 2, 0)).getUTCDate();
  const ends = [endOf(await life.stored())];
  for (let month = 0; month < 3; month += 1) {
    await life.renew();
    ends.push(endOf(await life.stored()));
  }
  expect(ends).toEqual([`02-${february}`, "03-31", "04-30", "05-31"]);
  const paid = { status: "active" } as const;
  await life.expect({ stored: paid, plan: "starter", told: ["activated"], charged: 4 * 900 });
  await leave(life);
  const told = ["activated", "cancel_scheduled", "ended"];
  await life.expect({ stored: { status: "ended" }, plan: "free", told, charged: 4 * 900 });
};

export const upgradeWithACardThatFails: TellLife = async ({ begin }) => {
  const life = await begin(starter);
  await life.pass(10);
  await life.one.payWith("pm_card_chargeCustomerFail");
  const { answer } = await life.one.agree({ planId: "pro" });
  expect(answer).toMatchObject({ status: 402, body: { error: { code: "payment_failed" } } });
  const before = { planId: "starter", status: "active" } as const;
  await life.deliver();
  const failed = ["activated", "payment.failed"];
  await life.expect({ stored: before, plan: "starter", told: failed, charged: 900 });
  expect(await life.provider()).toMatchObject({ pending_update: null });
  await life.one.payWith("pm_card_visa");
  const { preview, paid } = await life.one.agree({ planId: "pro" });
  expect(paid).toBe(preview.dueNow);
  const told = [...failed, "changed"];
  const after = { planId: "pro", status: "active" } as const;
  await life.expect({ stored: after, plan: "pro", told, charged: 900 + paid });
  await leave(life);
  const ended = { stored: { status: "ended" }, plan: "free", charged: 900 + paid } as const;
  await life.expect({ ...ended, told: [...told, "cancel_scheduled", "ended"] });
};

export const downgradeThenUpgradeBeforeIt: TellLife = async ({ begin }) => {
  const life = await begin(team);
  await life.one.agree({ planId: "starter" });
  const waiting = { planId: "team", quantity: 5, pendingChange: { planId: "starter" } };
  await life.expect({ stored: waiting as object, plan: "team", told: ["activated"], charged: 7500 });
  await life.pass(1);
  const { paid, preview } = await life.one.agree({ planId: "team", quantity: 8 });
  expect(paid).toBe(preview.dueNow);
  const told = ["activated", "changed"];
  const stored = { planId: "team", quantity: 8, pendingChange: null } as const;
  await life.expect({ stored, plan: "team", told, charged: 7500 + paid });
  expect((await life.provider()).schedule).toBeNull();
  await life.renew();
  await life.expect({ stored, plan: "team", told, charged: 7500 + paid + 12_000 });
};

export const threeDSecureOnAChange: TellLife = async ({ begin }) => {
  const life = await begin(starter);
  await life.one.payWith("pm_card_authenticationRequired");
  await life.pass(10);
  const { answer, preview } = await life.one.agree({ planId: "pro" });
  expect(answer.body).toMatchObject({ status: "requires_action" });
  const before = { planId: "starter", status: "active" } as const;
  await life.deliver();
  const asked = ["activated", "payment.action_required"];
  await life.expect({ stored: before, plan: "starter", told: asked, charged: 900 });
  await life.one.confirm(answer.body.clientSecret, "succeed");
  const after = { planId: "pro", status: "active" } as const;
  await life.deliver();
  const told = [...asked, "changed"];
  await life.expect({ stored: after, plan: "pro", told, charged: 900 + preview.dueNow });
};

export const yearlyToMonthly: TellLife = async ({ world, begin }) => {
  const life = await begin({ planId: "pro", interval: "year" });
  // A trial comes first.
  world.tick(14 * day + anHourLater);
  await life.deliver();
  await life.one.agree({ planId: "pro", interval: "month" });
  const { currentPeriod } = await life.stored();
  const waiting = { interval: "year", pendingChange: { interval: "month", at: currentPeriod?.end } };
  const yearly = { plan: "pro", told: ["activated"], charged: 29_000 } as const;
  await life.expect({ ...yearly, stored: waiting as object });
  await life.pass(300);
  await life.expect({ ...yearly, stored: waiting as object });
  await life.renew();
  const monthly = { interval: "month", pendingChange: null, status: "active" } as const;
  const told = ["activated", "changed"];
  await life.expect({ stored: monthly, plan: "pro", told, charged: 29_000 + 2900 });
};
