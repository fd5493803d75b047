import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { sharedInProcess } from "../in-process.js";

const { stripe } = sharedInProcess();

/** Ids are made anew each time, so that a refusal is compared without them. */
const nameless = (text: string): string =>
  text.replaceAll(/\b(price|si|sub|in|ch|cus|pm|seti|pi|ii)_\w+/g, "$1_x");

type Refusal = { status: number; type: string; code?: string; param?: string; message: string };

const refused = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error = await promise.then(
    () => {
      throw new Error("This was expected to be refused.");
    },
    (thrown: Stripe.errors.StripeError) => thrown,
  );
  const { statusCode = 0, code, param, message, rawType = "" } = error;
  return {
    status: statusCode,
    type: rawType,
    ...(code ? { code } : {}),
    ...(param ? { param } : {}),
    message: nameless(message),
  };
};

const invalid = (message: string, rest: Partial<Refusal> = {}): Refusal => ({
  status: 400,
  type: "invalid_request_error",
  message,
  ...rest,
});

const payer = async (card: string | null = "pm_card_visa"): Promise<string> => {
  const { id } = await stripe.customers.create({});
  if (card === null) return id;
  const method = await stripe.paymentMethods.attach(card, { customer: id });
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  return id;
};

const price = async (fields: Partial<Stripe.PriceCreateParams> = {}): Promise<string> => {
  const base = { currency: "usd", unit_amount: 3000, product_data: { name: "Pro" } };
  return (await stripe.prices.create({ ...base, recurring: { interval: "month" }, ...fields })).id;
};

const subscription = async (fields: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  stripe.subscriptions.create({ customer: await payer(), items: [{ price: await price() }], ...fields });

const openInvoice = async (): Promise<string> => {
  const customer = await payer(null);
  const invoice = await stripe.invoices.create({
    customer,
    collection_method: "send_invoice",
    days_until_due: 7,
  });
  const id = invoice.id as string;
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 900, currency: "usd" });
  await stripe.invoices.finalizeInvoice(id);
  return id;
};

const paidInvoice = async (): Promise<string> => (await subscription()).latest_invoice as string;

const charge = async (amount = 3000, card = "pm_card_visa"): Promise<string> => {
  const made = await stripe.paymentIntents.create({
    amount,
    currency: "usd",
    payment_method: card,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  return made.latest_charge as string;
};

type Case = [name: string, attempt: () => Promise<unknown>, refusal: Refusal];

const missing = (message: string, rest: Partial<Refusal> = {}) =>
  invalid(message, { code: "resource_missing", ...rest });

const subscribing: Case[] = [
  [
    "an unknown price",
    async () => subscription({ items: [{ price: "price_none" }] }),
    missing("No such price: 'price_x'", { param: "items[0][price]" }),
  ],
  [
    "nothing to pay with",
    async () => subscription({ customer: await payer(null) }),
    missing(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
    ),
  ],
  [
    "the same price twice",
    async () => {
      const one = await price();
      return subscription({ items: [{ price: one }, { price: one }] });
    },
    invalid("Cannot create a Subscription with multiple Subscription Items with the same Price: price_x", {
      param: "plan",
    }),
  ],
  [
    "a price that an item has already",
    async () => {
      const { id, items } = await subscription();
      return stripe.subscriptionItems.create({ subscription: id, price: items.data[0]?.price.id as string });
    },
    invalid(
      "A new item with Price price_x can't be added to this Subscription because an existing Subscription Item si_x is already using that Price. If you want to update the existing item (e.g., to adjust the quantity), pass the existing Subscription Item's `id` in your update request: https://stripe.com/docs/api/subscriptions/update#update_subscription-items-id",
      { param: "plan" },
    ),
  ],
  [
    "prices of two currencies",
    async () =>
      subscription({ items: [{ price: await price() }, { price: await price({ currency: "eur" }) }] }),
    invalid(
      "This `price` has `currency=eur`, but other items use `currency=usd`. All items must have pricing in the same currency. When using multi-currency prices, you can specify `currency` at the top level, to be used by all items.",
      { param: "items[1][price]" },
    ),
  ],
  [
    "a price of another currency later",
    async () =>
      stripe.subscriptions.update((await subscription()).id, {
        items: [{ price: await price({ currency: "eur" }) }],
      }),
    invalid("The price specified only supports `eur`. This doesn't match the expected currency: `usd`.", {
      param: "items[0][price]",
    }),
  ],
  [
    "a currency that the customer doesn't have",
    async () => {
      const customer = await payer();
      await subscription({ customer });
      return subscription({ customer, items: [{ price: await price({ currency: "eur" }) }] });
    },
    invalid(
      "You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, invoice item or active subscription mode checkout session with currency usd.",
    ),
  ],
  [
    "a pending update of nothing",
    async () => subscription({ payment_behavior: "pending_if_incomplete" }),
    invalid(
      "Setting `payment_behavior` to `pending_if_incomplete` has no effect when creating a subscription.",
      { param: "payment_behavior" },
    ),
  ],
  [
    "a sent invoice without days",
    async () => subscription({ collection_method: "send_invoice" }),
    invalid("If invoice collection method is 'send_invoice', you must specify 'days_until_due'."),
  ],
  [
    "days without a sent invoice",
    async () => subscription({ days_until_due: 7 }),
    invalid("You can only specify 'days_until_due' if invoice collection method is 'send_invoice'."),
  ],
  [
    "a trial that ended",
    async () => subscription({ trial_end: 1_000_000_000 }),
    invalid(
      "The parameter `trial_end` expects a unix timestamp representing a date and time in the future. You specified the value `1000000000` which is in the past.",
      { param: "trial_end" },
    ),
  ],
  [
    "a trial besides the plan's",
    async () => subscription({ trial_from_plan: true, trial_period_days: 7 }),
    invalid("You cannot set `trial_end` or `trial_period_days` when `trial_from_plan=true`."),
  ],
  [
    "3-D Secure where nothing may stay incomplete",
    async () =>
      subscription({
        customer: await payer("pm_card_threeDSecure2Required"),
        payment_behavior: "error_if_incomplete",
      }),
    {
      status: 402,
      type: "card_error",
      code: "subscription_payment_intent_requires_action",
      message:
        "Payment for this subscription requires additional user action, but the requested payment behavior doesn't save the invoice or PaymentIntent. Retry the request with `payment_behavior=allow_incomplete` or `payment_behavior=default_incomplete`, then complete the PaymentIntent on the subscription's latest invoice. Additional information is available here: https://stripe.com/docs/billing/subscriptions/overview#requires-action",
    },
  ],
  [
    "a second end",
    async () => {
      const { id } = await subscription();
      await stripe.subscriptions.cancel(id);
      return stripe.subscriptions.cancel(id);
    },
    missing("No such subscription: 'sub_x'", { status: 404, param: "id" }),
  ],
  [
    "to resume what is not paused",
    async () => stripe.subscriptions.resume((await subscription()).id),
    invalid("You can only resume a subscription if it is `paused`."),
  ],
  [
    "an item of nothing",
    async () => stripe.subscriptionItems.retrieve("si_none"),
    invalid("Invalid subscription_item id: si_x", { status: 404 }),
  ],
  [
    "a trial for what is paused",
    async () => {
      const { id } = await subscription({
        customer: await payer(null),
        trial_period_days: 7,
        trial_settings: { end_behavior: { missing_payment_method: "pause" } },
      });
      await stripe.subscriptions.update(id, { trial_end: "now" });
      return stripe.subscriptions.update(id, { trial_end: 4_000_000_000 });
    },
    invalid(
      "You cannot set `trial_end` while a subscription is `paused`. Resume the subscription first before setting `trial_end`.",
    ),
  ],
];

const invoicing: Case[] = [
  [
    "to finalize twice",
    async () => stripe.invoices.finalizeInvoice(await openInvoice()),
    invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice."),
  ],
  [
    "to delete what is finalized",
    async () => stripe.invoices.del(await openInvoice()),
    invalid("You can only delete draft invoices."),
  ],
  [
    "to void a draft",
    async () =>
      stripe.invoices.voidInvoice((await stripe.invoices.create({ customer: await payer() })).id as string),
    invalid("You can only pass in open invoices. This invoice isn't open."),
  ],
  [
    "to void what is paid",
    async () => stripe.invoices.voidInvoice(await paidInvoice()),
    invalid("Invoices with `paid` payments cannot be voided."),
  ],
  ["to pay twice", async () => stripe.invoices.pay(await paidInvoice()), invalid("Invoice is already paid")],
  [
    "to edit what is finalized",
    async () => stripe.invoices.update(await openInvoice(), { description: "x" }),
    invalid("Finalized invoices can't be updated in this way", { param: "description" }),
  ],
  [
    "lines for what is finalized",
    async () => stripe.invoices.addLines(await openInvoice(), { lines: [{ amount: 100, description: "x" }] }),
    invalid("Invalid invoice: This invoice is no longer editable", { code: "invoice_not_editable" }),
  ],
  [
    "an unknown invoice item",
    async () => stripe.invoiceItems.retrieve("ii_none"),
    missing("No such Invoice Item: 'ii_x'(livemode=false)", { status: 404, param: "id" }),
  ],
];

const paying: Case[] = [
  [
    "to refund more than there is",
    async () => stripe.refunds.create({ charge: await charge(), amount: 4000 }),
    invalid("Refund amount ($40.00) is greater than unrefunded amount on charge ($30.00)", {
      param: "amount",
    }),
  ],
  [
    "to refund twice",
    async () => {
      const id = await charge();
      await stripe.refunds.create({ charge: id });
      return stripe.refunds.create({ charge: id });
    },
    invalid("Charge ch_x has already been refunded.", { code: "charge_already_refunded" }),
  ],
  [
    "to refund what is disputed",
    async () => stripe.refunds.create({ charge: await charge(3000, "pm_card_createDispute") }),
    invalid("Charge ch_x has been charged back; cannot issue a refund.", { code: "charge_disputed" }),
  ],
  [
    "an unknown setup",
    async () => stripe.setupIntents.retrieve("seti_none"),
    missing("No such setupintent: 'seti_x'", { status: 404, param: "intent" }),
  ],
  [
    "to attach to nobody",
    async () => stripe.rawRequest("POST", "/v1/payment_methods/pm_card_visa/attach", {}),
    invalid("Must provide customer or customer_account."),
  ],
  [
    "a lookup key that another price has",
    async () => {
      await price({ lookup_key: "pro" });
      return price({ lookup_key: "pro" });
    },
    invalid("A price (`price_x`) already uses that lookup key.", { param: "lookup_key" }),
  ],
  [
    "a page that is no page",
    async () => stripe.rawRequest("GET", "/v1/customers?limit=abc"),
    invalid("Invalid integer: abc", { code: "parameter_invalid_integer", param: "limit" }),
  ],
  [
    "a parameter inside a parameter",
    async () => stripe.rawRequest("POST", "/v1/customers", { invoice_settings: { nope: "x" } }),
    invalid("Received unknown parameter: invoice_settings[nope]", {
      code: "parameter_unknown",
      param: "invoice_settings[nope]",
    }),
  ],
  [
    "an address that is none",
    async () => stripe.rawRequest("GET", "/v1/nothing"),
    invalid(
      "Unrecognized request URL (GET: /v1/nothing). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.",
      { status: 404 },
    ),
  ],
];

describe.each([
  ["a subscription", subscribing],
  ["an invoice", invoicing],
  ["a payment and the rest", paying],
])("Stripe's refusals about %s", (_, cases) => {
  it.each(cases)("refuse %s in its words", async (_name, attempt, refusal) => {
    expect(await refused(attempt())).toEqual(refusal);
  });
});
