import { describe, expect, it } from "vitest";
import { hours, pass } from "../../../test/in-process.js";
import { act, get, post, subscribed } from "../../../test/open-dashboard.js";

describe("the dashboard's clock", () => {
  it("moves on, to the next event too, and says what happened", async () => {
    const { sandbox } = await subscribed();
    const start = sandbox.now().getTime();
    expect(await act(sandbox, "/dashboard/clock/advance", { by: "month" })).toContain("things happened");
    expect(sandbox.now().toISOString()).toBe("2027-02-01T00:00:00.000Z");
    const html = await act(sandbox, "/dashboard/clock/advance", { by: "next" });
    expect(html).toContain("invoice.<wbr/>finalized");
    expect(sandbox.now().getTime()).toBe(start + hours(31 * 24 + 1));
  });

  it.each([
    ["a time in the past", { to: "2020-01-01T00:00" }],
    ["no time", { to: "" }],
    ["nonsense", { to: "tomorrow" }],
    ["a time too far away", { to: "9999-01-01T00:00" }],
  ])("does not move to %s", async (_which, fields) => {
    const { sandbox } = await subscribed();
    const before = sandbox.now();
    expect(await act(sandbox, "/dashboard/clock/advance", fields)).toContain('role="alert"');
    expect(sandbox.now()).toEqual(before);
  });

  it("moves a test clock alone", async () => {
    const { sandbox, stripe } = await subscribed();
    const frozen = Math.floor(sandbox.now().getTime() / 1000);
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: frozen });
    await act(sandbox, `/dashboard/clock/${clock.id}/advance`, { by: "week" });
    const moved = await stripe.testHelpers.testClocks.retrieve(clock.id);
    expect(moved.frozen_time).toBe(frozen + 7 * 86_400);
    expect(sandbox.now().getTime()).toBe(frozen * 1000);
  });
});

describe("the dashboard's tools", () => {
  it("fail the next payment once, in the way that was chosen", async () => {
    const { sandbox, stripe, card, subscription } = await subscribed();
    await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/fail`, { decline: "insufficient_funds" });
    pass(sandbox, hours(32 * 24));
    const failed = await stripe.subscriptions.retrieve(subscription.id);
    expect(failed.status).toBe("past_due");
    pass(sandbox, hours(3 * 24 + 1));
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  it("expire a card, whose next charge then fails as expired", async () => {
    const { sandbox, stripe, card, customer } = await subscribed();
    await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/expire`);
    const { card: shown } = await stripe.paymentMethods.retrieve(card.id);
    expect([shown?.exp_month, shown?.exp_year]).toEqual([12, 2026]);
    const fields = { amount: 100, currency: "usd", customer: customer.id, payment_method: card.id };
    const charge = stripe.paymentIntents.create({ ...fields, confirm: true, off_session: true });
    await expect(charge).rejects.toMatchObject({ code: "expired_card" });
  });

  it("ask for 3-D Secure until it has succeeded once", async () => {
    const { sandbox, stripe, card, customer } = await subscribed();
    await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/proof`);
    const intent = await stripe.paymentIntents.create({
      amount: 100,
      currency: "usd",
      customer: customer.id,
      payment_method: card.id,
      confirm: true,
      return_url: "http://app.test/",
    });
    expect(intent.status).toBe("requires_action");
  });

  it("refund a charge, open a dispute and win it", async () => {
    const { sandbox, stripe, customer } = await subscribed();
    const charge = (await stripe.charges.list({ customer: customer.id })).data[0];
    await act(sandbox, `/dashboard/tools/charges/${charge?.id}/refund`, { amount: "900" });
    await act(sandbox, `/dashboard/tools/charges/${charge?.id}/dispute`, {
      kind: "dispute_product_not_received",
    });
    const after = await stripe.charges.retrieve(charge?.id ?? "");
    expect(after).toMatchObject({ amount_refunded: 900, disputed: true });
    const dispute = (await stripe.disputes.list()).data[0];
    expect(dispute?.reason).toBe("product_not_received");
    await act(sandbox, `/dashboard/tools/disputes/${dispute?.id}/decide`, { outcome: "won" });
    expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("won");
  });

  it("lead nowhere but back into the dashboard", async () => {
    const { sandbox, card } = await subscribed();
    const path = `/dashboard/tools/payment_methods/${card.id}/fail`;
    for (const back of ["//evil.test", "https://evil.test", "/objects/../../evil", "@evil.test"]) {
      const answer = await post(sandbox, path, { back });
      expect(answer.headers.get("location")).toMatch(/^\/dashboard\?note=/);
    }
  });
});

describe("the dashboard's webhooks", () => {
  it("show what was sent and what came back, and send it again", async () => {
    const { sandbox, letters } = await subscribed();
    const [first] = sandbox.deliveries();
    const html = await (await get(sandbox, `/dashboard/deliveries/${first?.id}`)).text();
    expect(html).toContain("stripe-signature");
    expect(html).toContain("HTTP 200");
    const sent = letters.length;
    await act(sandbox, `/dashboard/deliveries/${first?.id}/resend`);
    await sandbox.settled();
    expect(letters).toHaveLength(sent + 1);
    expect(letters.at(-1)?.body).toContain(first?.eventId);
  });

  it("are added, disabled, given another secret and deleted", async () => {
    const { sandbox, stripe } = await subscribed();
    const url = "http://other.test/hook";
    await act(sandbox, "/dashboard/webhooks", { url, events: "invoice.paid, invoice.voided" });
    const made = (await stripe.webhookEndpoints.list()).data[0];
    expect(made).toMatchObject({ url, enabled_events: ["invoice.paid", "invoice.voided"] });
    const path = `/dashboard/webhooks/${made?.id}`;
    const before = await (await get(sandbox, path)).text();
    await act(sandbox, `${path}/roll`, { old: "now" });
    const [secret] = /whsec_\w+/.exec(before) ?? [];
    expect(await act(sandbox, `${path}/switch`, { to: "disabled" })).not.toContain(secret);
    expect((await stripe.webhookEndpoints.retrieve(made?.id ?? "")).status).toBe("disabled");
    await act(sandbox, `${path}/delete`);
    expect((await get(sandbox, path)).status).toBe(404);
    expect(await act(sandbox, "/dashboard/webhooks", { url: "nonsense" })).toContain('role="alert"');
  });

  it("go wrong on purpose, in percent, with a seed, and right again", async () => {
    const { sandbox, stripe, letters } = await subscribed();
    const html = await act(sandbox, "/dashboard/chaos", { duplicates: "100", seed: "monday" });
    expect(html).toContain('value="monday"');
    const sent = letters.length;
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters).toHaveLength(sent + 2);
    await act(sandbox, "/dashboard/chaos", { switch: "off" });
    await stripe.customers.create({});
    await sandbox.settled();
    expect(letters).toHaveLength(sent + 3);
    expect(await act(sandbox, "/dashboard/chaos", { drop: "101" })).toContain('role="alert"');
  });
});

describe("the dashboard's settings", () => {
  it("take effect at once on what lies ahead", async () => {
    const { sandbox, stripe, subscription, card } = await subscribed();
    await act(sandbox, "/dashboard/settings", {
      retries: "1",
      finally: "unpaid",
      draft: "30",
      upcoming: "14",
      tax: "19",
    });
    pass(sandbox, hours(18 * 24));
    expect(sandbox.events().filter(({ type }) => type === "invoice.upcoming")).toHaveLength(1);
    for (let attempt = 0; attempt < 2; attempt++) {
      await act(sandbox, `/dashboard/tools/payment_methods/${card.id}/fail`, { decline: "generic_decline" });
      pass(sandbox, hours(attempt === 0 ? 13 * 24 + 0.5 : 24));
    }
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("unpaid");
  });

  it("refuse what makes no sense, and stay as they were", async () => {
    const { sandbox } = await subscribed();
    const before = await (await get(sandbox, "/dashboard/settings")).text();
    for (const fields of [{ retries: "x" }, { retries: "0" }, { tax: "-1" }, { draft: "soon" }])
      expect(await act(sandbox, "/dashboard/settings", fields)).toContain('role="alert"');
    expect(await (await get(sandbox, "/dashboard/settings")).text()).toBe(before);
  });
});
