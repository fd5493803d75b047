import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { payer, recurringPrice, refusal } from "../../../test/connect.js";
import { hours, type InProcess, inProcess, pass } from "../../../test/in-process.js";

const shop = "acct_1Shop";
const on = { stripeAccount: shop };
const card = { payment_method: "pm_card_visa", confirm: true, capture_method: "automatic" } as const;
const auto = { automatic_payment_methods: { enabled: true, allow_redirects: "never" } } as const;

const open = (): InProcess => inProcess({ accounts: [shop] });

/** What each booking of an account says, oldest first. */
const books = async (stripe: Stripe, options: Stripe.RequestOptions = {}) =>
  (await stripe.balanceTransactions.list({ limit: 100 }, options)).data
    .map(({ type, amount, fee, net }) => [type, amount, fee, net])
    .reverse();

const destination = (stripe: Stripe, terms: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 2900,
    currency: "usd",
    ...card,
    ...auto,
    application_fee_amount: 290,
    transfer_data: { destination: shop },
    ...terms,
    expand: ["latest_charge"],
  });

// https://docs.stripe.com/connect/destination-charges
describe("a destination charge", () => {
  it("sends all of it to the seller and takes the fee back, in the books of both", async () => {
    const { stripe } = open();
    const intent = await destination(stripe, { on_behalf_of: shop });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge).toMatchObject({
      application_fee_amount: 290,
      on_behalf_of: shop,
      transfer_data: { destination: shop },
      transfer_group: `group_${intent.id}`,
    });
    const [fee] = (await stripe.applicationFees.list()).data;
    const [transfer] = (await stripe.transfers.list({ destination: shop })).data;
    expect(fee).toMatchObject({
      account: shop,
      amount: 290,
      charge: transfer?.destination_payment,
      originating_transaction: charge.id,
    });
    expect([charge.application_fee, charge.transfer]).toEqual([fee?.id, transfer?.id]);
    expect(await books(stripe)).toEqual([
      ["charge", 2900, 114, 2786],
      ["transfer", -2900, 0, -2900],
      ["application_fee", 290, 0, 290],
    ]);
    expect(await books(stripe, on)).toEqual([["payment", 2900, 290, 2610]]);
    const payment = await stripe.charges.retrieve(transfer?.destination_payment as string, {}, on);
    expect(payment).toMatchObject({ source_transfer: transfer?.id, application_fee: fee?.id });
  });

  it("sends a part where it says so, without a fee", async () => {
    const { stripe } = open();
    await stripe.paymentIntents.create({
      amount: 2900,
      currency: "usd",
      ...card,
      ...auto,
      transfer_data: { destination: shop, amount: 2000 },
    });
    expect(await books(stripe, on)).toEqual([["payment", 2000, 0, 2000]]);
    expect((await stripe.applicationFees.list()).data).toEqual([]);
  });

  it.each([
    ["whole", 2900, [2900, 290]],
    ["in part", 1000, [1000, 100]],
  ])("that is refunded %s takes the transfer and the fee back in proportion", async (_, amount, back) => {
    const { stripe } = open();
    const intent = await destination(stripe);
    const refund = await stripe.refunds.create({
      payment_intent: intent.id,
      amount,
      refund_application_fee: true,
      reverse_transfer: true,
    });
    expect(refund.transfer_reversal).toMatch(/^trr_/);
    const [transfer] = (await stripe.transfers.list()).data;
    const [fee] = (await stripe.applicationFees.list()).data;
    expect([transfer?.amount_reversed, fee?.amount_refunded]).toEqual(back);
    expect((await books(stripe)).slice(3)).toEqual([
      ["refund", -amount, 0, -amount],
      ["transfer_refund", amount, 0, amount],
      ["application_fee_refund", -amount / 10, 0, -amount / 10],
    ]);
    expect((await books(stripe, on)).slice(1)).toEqual([
      ["payment_refund", -amount, -amount / 10, -amount * 0.9],
    ]);
  });

  it("that is refunded as it is leaves the seller's money where it went", async () => {
    const { stripe } = open();
    const intent = await destination(stripe);
    await stripe.refunds.create({ payment_intent: intent.id });
    expect((await books(stripe, on)).slice(1)).toEqual([]);
    expect((await books(stripe)).slice(3)).toEqual([["refund", -2900, 0, -2900]]);
  });

  it("is refused in Stripe's words where it can't be", async () => {
    const { stripe } = open();
    const failure = async (promise: Promise<unknown>) => {
      const { code, param, message } = await refusal(promise);
      return [code, param, message];
    };
    expect(await failure(destination(stripe, { transfer_data: { destination: "acct_1Nobody" } }))).toEqual([
      "resource_missing",
      "transfer_data[destination]",
      "No such destination: 'acct_1Nobody'",
    ]);
    const { id } = await stripe.accounts.create({ type: "express" });
    expect((await failure(destination(stripe, { transfer_data: { destination: id } })))[0]).toBe(
      "insufficient_capabilities_for_transfer",
    );
    const alone = { amount: 2900, currency: "usd", application_fee_amount: 290 };
    expect((await failure(stripe.paymentIntents.create(alone)))[2]).toContain(
      "Can only apply an application_fee_amount when the request is made on behalf of another account",
    );
    const plain = await stripe.paymentIntents.create({ amount: 2900, currency: "usd", ...card, ...auto });
    const refund = { payment_intent: plain.id };
    expect((await failure(stripe.refunds.create({ ...refund, refund_application_fee: true })))[2]).toBe(
      `Attempting to refund_application_fee on ${plain.latest_charge}, but it has no application fee`,
    );
    expect((await failure(stripe.refunds.create({ ...refund, reverse_transfer: true })))[2]).toBe(
      `Cannot reverse transfer on charge ${plain.latest_charge} because it does not have an associated transfer.`,
    );
    expect((await stripe.refunds.list()).data).toEqual([]);
  });
});

// https://docs.stripe.com/connect/direct-charges
describe("a direct charge", () => {
  const direct = (stripe: Stripe) =>
    stripe.paymentIntents.create(
      { amount: 2900, currency: "usd", ...card, ...auto, application_fee_amount: 290 },
      on,
    );

  it("is the seller's, and the fee is the platform's", async () => {
    const { stripe, sandbox } = open();
    const intent = await direct(stripe);
    const [fee] = (await stripe.applicationFees.list()).data;
    expect(fee).toMatchObject({
      account: shop,
      amount: 290,
      charge: intent.latest_charge,
      originating_transaction: null,
    });
    expect(await books(stripe, on)).toEqual([["charge", 2900, 404, 2496]]);
    expect(await books(stripe)).toEqual([["application_fee", 290, 0, 290]]);
    expect((await stripe.charges.list()).data).toEqual([]);
    expect(sandbox.events().map(({ type, account }) => [type, account])).toEqual([
      ["application_fee.created", undefined],
    ]);
  });

  it("gives the fee back with a refund in proportion, or keeps it", async () => {
    const { stripe } = open();
    const { id } = await direct(stripe);
    await stripe.refunds.create({ payment_intent: id, amount: 1000 }, on);
    await stripe.refunds.create({ payment_intent: id, amount: 1900, refund_application_fee: true }, on);
    expect((await books(stripe, on)).slice(1)).toEqual([
      ["refund", -1000, 0, -1000],
      ["refund", -1900, -190, -1710],
    ]);
    expect((await books(stripe)).slice(1)).toEqual([["application_fee_refund", -190, 0, -190]]);
    const [fee] = (await stripe.applicationFees.list()).data;
    const rest = await stripe.applicationFees.createRefund(fee?.id ?? "");
    expect(rest.amount).toBe(100);
    expect((await books(stripe, on)).at(-1)).toEqual(["adjustment", 100, 0, 100]);
    expect((await refusal(stripe.applicationFees.createRefund(fee?.id ?? ""))).statusCode).toBe(400);
  });
});

// https://docs.stripe.com/connect/subscriptions
describe("a subscription's share", () => {
  it("is taken of every invoice, of the first and of each renewal", async () => {
    const { stripe, sandbox } = open();
    const customer = await payer(stripe);
    const price = await recurringPrice(stripe, 2900);
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      application_fee_percent: 10,
      transfer_data: { destination: shop },
    });
    expect(subscription).toMatchObject({ application_fee_percent: 10, transfer_data: { destination: shop } });
    pass(sandbox, hours(24 * 32));
    expect((await stripe.applicationFees.list()).data.map(({ amount }) => amount)).toEqual([290, 290]);
    expect(await books(stripe, on)).toEqual([
      ["payment", 2900, 290, 2610],
      ["payment", 2900, 290, 2610],
    ]);
  });

  it("is the account's own under its header, bought at a checkout", async () => {
    const { stripe, sandbox } = open();
    const price = await stripe.prices.create(
      { currency: "usd", unit_amount: 2900, recurring: { interval: "month" }, product_data: { name: "Pro" } },
      on,
    );
    const session = await stripe.checkout.sessions.create(
      {
        mode: "subscription",
        line_items: [{ price: price.id, quantity: 1 }],
        success_url: "https://app.test/ok",
        subscription_data: { application_fee_percent: 10 },
      },
      on,
    );
    await sandbox.pay(session.id, "4242424242424242");
    expect((await stripe.subscriptions.list({}, on)).data).toHaveLength(1);
    expect(await books(stripe, on)).toEqual([["charge", 2900, 404, 2496]]);
    expect(await books(stripe)).toEqual([["application_fee", 290, 0, 290]]);
  });

  it("of a payment's session is passed on when it is paid", async () => {
    const { stripe, sandbox } = open();
    const price = await stripe.prices.create({
      currency: "usd",
      unit_amount: 2900,
      product_data: { name: "Book" },
    });
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "https://app.test/ok",
      payment_intent_data: { application_fee_amount: 290, transfer_data: { destination: shop } },
    });
    await sandbox.pay(session.id, "4242424242424242");
    pass(sandbox, 5_000);
    expect(await books(stripe, on)).toEqual([["payment", 2900, 290, 2610]]);
  });
});

// https://docs.stripe.com/connect/testing#account-numbers
describe("a payout", () => {
  const seller = async ({ stripe }: InProcess, account_number: string) =>
    stripe.accounts.create({
      type: "custom",
      capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
      business_type: "individual",
      business_profile: { mcc: "5734", url: "https://bakery.test" },
      individual: { first_name: "Ada", last_name: "Lovelace" },
      external_account: { object: "bank_account", country: "US", currency: "usd", account_number },
      tos_acceptance: { date: 1_790_000_000, ip: "127.0.0.1" },
    });

  const earned = async (opened: InProcess, account_number: string) => {
    const { id } = await seller(opened, account_number);
    await opened.stripe.paymentIntents.create({
      amount: 2900,
      currency: "usd",
      ...card,
      ...auto,
      transfer_data: { destination: id },
    });
    return { id, there: { stripeAccount: id } };
  };

  const payout = { amount: 2900, currency: "usd" };

  it("arrives two days later, and is told as paid", async () => {
    const opened = open();
    const { stripe, sandbox } = opened;
    const { id, there } = await earned(opened, "000123456789");
    expect((await refusal(stripe.payouts.create(payout, there))).code).toBe("balance_insufficient");
    pass(sandbox, hours(72));
    const made = await stripe.payouts.create(payout, there);
    expect([made.status, made.automatic]).toEqual(["pending", false]);
    pass(sandbox, hours(72));
    expect((await stripe.payouts.retrieve(made.id, {}, there)).status).toBe("paid");
    expect(sandbox.events(id).map(({ type }) => type)).toEqual(["payout.created", "payout.paid"]);
    expect((await books(stripe, there)).at(-1)).toEqual(["payout", -2900, 0, -2900]);
  });

  it("fails at a bank that does not know the account, which is told, and no more is sent there", async () => {
    const opened = open();
    const { stripe, sandbox } = opened;
    const { id, there } = await earned(opened, "000111111116");
    pass(sandbox, hours(72));
    const made = await stripe.payouts.create(payout, there);
    pass(sandbox, hours(72));
    expect(await stripe.payouts.retrieve(made.id, {}, there)).toMatchObject({
      status: "failed",
      failure_code: "no_account",
      failure_balance_transaction: expect.stringMatching(/^txn_/),
    });
    expect(sandbox.events(id).map(({ type }) => type)).toEqual([
      "payout.created",
      "payout.failed",
      "account.updated",
    ]);
    expect(await stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: false,
      external_accounts: { data: [{ status: "errored" }] },
    });
    expect((await stripe.balance.retrieve({}, there)).available[0]?.amount).toBe(2900);
    expect((await refusal(stripe.payouts.create(payout, there))).code).toBe("payouts_not_allowed");
  });
});
