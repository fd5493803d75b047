import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

type Answer = { status: number; body: Record<string, unknown> & { error?: Record<string, unknown> } };

/** Requests that the SDK has no method for any more, and that older code still sends. */
const ask = async (
  { sandbox }: Connected,
  method: "GET" | "POST",
  path: string,
  fields: Record<string, string> = {},
): Promise<Answer> => {
  const answer = await fetch(`${sandbox.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.secretKey}` },
    ...(method === "POST" ? { body: new URLSearchParams(fields) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Answer["body"] };
};

const paid = async (stripe: Stripe, more: Partial<Stripe.PaymentIntentCreateParams> = {}) => {
  const { latest_charge } = await stripe.paymentIntents.create({
    amount: 5000,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_visa",
    ...more,
  });
  return latest_charge as string;
};

const later = ({ sandbox }: Connected, seconds: number) =>
  sandbox.advance(new Date(sandbox.now().getTime() + seconds * 1000));

describe("the refunds of a charge", () => {
  it("are made, listed, read and changed under its address", async () => {
    const shop = await connect();
    const charge = await paid(shop.stripe);
    const made = await ask(shop, "POST", `/charges/${charge}/refunds`, {
      amount: "300",
      reason: "duplicate",
    });
    expect(made.body).toMatchObject({ amount: 300, charge, object: "refund", reason: "duplicate" });
    const id = made.body.id as string;
    const list = await ask(shop, "GET", `/charges/${charge}/refunds?limit=5`);
    expect(list.body).toMatchObject({
      data: [{ id }],
      has_more: false,
      object: "list",
      url: `/v1/charges/${charge}/refunds`,
    });
    expect((await ask(shop, "GET", `/charges/${charge}/refunds/${id}`)).body.id).toBe(id);
    const changed = await ask(shop, "POST", `/charges/${charge}/refunds/${id}`, { "metadata[order]": "7" });
    expect(changed.body.metadata).toEqual({ order: "7" });
  });

  it("are not those of another charge", async () => {
    const shop = await connect();
    const [one, other] = [await paid(shop.stripe), await paid(shop.stripe)];
    const { id } = await shop.stripe.refunds.create({ charge: one, amount: 100 });
    const answer = await ask(shop, "GET", `/charges/${other}/refunds/${id}`);
    expect([answer.status, answer.body.error]).toMatchObject([
      404,
      { code: "resource_missing", message: `No such refund: '${id}'`, param: "refund" },
    ]);
  });

  it("are made in the oldest way, which answers with the charge", async () => {
    const shop = await connect();
    const charge = await paid(shop.stripe);
    const part = await ask(shop, "POST", `/charges/${charge}/refund`, { amount: "800" });
    expect(part.body).toMatchObject({
      amount_refunded: 800,
      balance_transaction: null,
      id: charge,
      object: "charge",
      refunded: false,
    });
    expect((await ask(shop, "POST", `/charges/${charge}/refund`)).body).toMatchObject({
      amount_refunded: 5000,
      refunded: true,
    });
  });
});

describe("the dispute of a charge", () => {
  it("is read, answered and accepted under its address", async () => {
    const shop = await connect();
    const charge = await paid(shop.stripe, { payment_method: "pm_card_createDispute" });
    const { body } = await ask(shop, "GET", `/charges/${charge}/dispute`);
    expect(body).toMatchObject({ charge, object: "dispute", status: "needs_response" });
    const noted = await ask(shop, "POST", `/charges/${charge}/dispute`, {
      "metadata[case]": "7",
      submit: "false",
    });
    expect(noted.body).toMatchObject({ id: body.id, metadata: { case: "7" } });
    const closed = await ask(shop, "POST", `/charges/${charge}/dispute/close`);
    expect(closed.body).toMatchObject({ id: body.id, status: "lost" });
  });

  it("is missing where there is none", async () => {
    const shop = await connect();
    const answer = await ask(shop, "GET", `/charges/${await paid(shop.stripe)}/dispute`);
    // Recorded without a code.
    expect([answer.status, answer.body.error?.code]).toEqual([404, undefined]);
  });
});

describe("a refund", () => {
  it("gets the reference by which a bank finds it a moment later, and says so", async () => {
    const shop = await connect();
    const { id, destination_details } = await shop.stripe.refunds.create({ charge: await paid(shop.stripe) });
    const pending = {
      reference_status: "pending",
      reference_type: "acquirer_reference_number",
      type: "refund",
    };
    expect(destination_details).toEqual({ type: "card", card: pending });
    later(shop, 3);
    const { card } = (await shop.stripe.refunds.retrieve(id)).destination_details ?? {};
    expect(card).toEqual({
      ...pending,
      reference: expect.stringMatching(/^\d{16}$/),
      reference_status: "available",
    });
    const told = shop.sandbox.events().filter(({ type }) => type.includes("refund"));
    expect(told.map(({ type }) => type)).toEqual([
      "refund.created",
      "charge.refunded",
      "charge.refund.updated",
      "refund.updated",
    ]);
    expect(told.at(-1)?.data.previous_attributes).toEqual({
      destination_details: { card: { reference: null, reference_status: "pending" } },
    });
  });

  it("that fails has none", async () => {
    const shop = await connect();
    const charge = await paid(shop.stripe, { payment_method: "pm_card_refundFail" });
    const { id } = await shop.stripe.refunds.create({ charge });
    later(shop, 600);
    const { destination_details, status } = await shop.stripe.refunds.retrieve(id);
    expect([status, destination_details?.card?.reference_status]).toEqual(["failed", "unavailable"]);
  });

  it("is refused in Stripe's words", async () => {
    const { stripe } = await connect();
    const held = await stripe.paymentIntents.create({
      amount: 3300,
      capture_method: "manual",
      currency: "usd",
      confirm: true,
      payment_method: "pm_card_visa",
    });
    const { id } = await stripe.refunds.create({ charge: await paid(stripe) });
    const refusals = {
      unknown: await refusal(stripe.refunds.create({ charge: "ch_none" })),
      held: await refusal(stripe.refunds.create({ charge: held.latest_charge as string, amount: 100 })),
      cancel: await refusal(stripe.refunds.cancel(id)),
    };
    expect(refusals.unknown).toMatchObject({
      code: "resource_missing",
      message: "No such charge: 'ch_none'",
      param: "id",
      statusCode: 404,
    });
    expect(refusals.held.message).toBe(
      `This uncaptured Charge was created by a PaymentIntent (${held.id}). You must cancel the PaymentIntent to reverse the authorization instead of refunding the Charge directly. For more information, see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method`,
    );
    expect([refusals.held.code, refusals.held.param]).toEqual([undefined, undefined]);
    expect(refusals.cancel.message).toBe("Canceling this refund is unsupported.");
  });
});
