import type Stripe from "stripe";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, walk } from "./walk.js";

// The limits that Stripe's reference and the declarations of the SDK name, each with its page beside the check in
// src/engine. The recorded words are those of `Invalid string: …` and `Array … exceeded maximum`; the others are ours.
const { stripe } = sharedInProcess();
const { as, of } = createKept();

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const letters = (count: number): string => "x".repeat(count);
const tooLong = (most: number, param: string) =>
  refusal(`Invalid string: ${letters(18)}...${letters(18)}; must be at most ${most} characters`, { param });
const tooMany = (most: number, param: string, name = param) =>
  refusal(`Array ${name} exceeded maximum ${most} allowed elements.`, { param });

const metadata = (given: Record<string, string>) => () => stripe.customers.create({ metadata: given });
const numbered = (count: number) => Object.fromEntries(many(count, (index) => [`k${index}`, "v"]));

walk("metadata", [
  ["has fifty keys", metadata(numbered(50)), { metadata: numbered(50) }],
  [
    "and no more",
    metadata(numbered(51)),
    refusal("Metadata can have at most 50 keys.", { param: "metadata" }),
  ],
  [
    "also by and by",
    async () => {
      const { id } = await as("full", stripe.customers.create({ metadata: numbered(50) }));
      return stripe.customers.update(id, { metadata: { more: "v" } });
    },
    refusal("Metadata can have at most 50 keys.", { param: "metadata" }),
  ],
  [
    "takes another key in the place of one",
    () => stripe.customers.update(of("full"), { metadata: { k0: "", more: "v" } }),
    { metadata: { more: "v" } },
  ],
  ["has keys of forty characters", metadata({ [letters(40)]: "v" }), { metadata: { [letters(40)]: "v" } }],
  [
    "and no longer",
    metadata({ [letters(41)]: "v" }),
    refusal(
      "Metadata keys can have up to 40 characters, but you passed in a key that is 41 characters. Invalid key: " +
        `${letters(18)}...${letters(18)}`,
      { param: "metadata" },
    ),
  ],
  ["has values of 500 characters", metadata({ k: letters(500) }), { metadata: { k: letters(500) } }],
  [
    "and no longer",
    metadata({ k: letters(501) }),
    refusal(
      "Metadata values can have up to 500 characters, but you passed in a value that is 501 characters. Invalid " +
        `value: ${letters(18)}...${letters(18)}`,
      { param: "metadata[k]" },
    ),
  ],
  [
    "has no square brackets in its keys",
    metadata({ "a[b]": "v" }),
    refusal("Metadata keys can't contain square brackets ([ and ]). Invalid key: a[b]", {
      param: "metadata",
    }),
  ],
]);

walk("a catalog and a payer", [
  [
    "are made",
    async () => {
      const { id: customer } = await as("customer", stripe.customers.create());
      await as("method", stripe.paymentMethods.attach("pm_card_visa", { customer }));
      const { id: product } = await as("product", stripe.products.create({ name: "Pro" }));
      const base = { currency: "usd", unit_amount: 1000, product };
      await as("once", stripe.prices.create(base));
      await as("monthly", stripe.prices.create({ ...base, recurring: { interval: "month" } }));
      return stripe.customers.update(customer, {
        invoice_settings: { default_payment_method: of("method") },
      });
    },
    { object: "customer" },
  ],
  [
    "a marketing feature is short",
    () => stripe.products.create({ name: "Pro", marketing_features: [{ name: letters(81) }] }),
    tooLong(80, "marketing_features[0][name]"),
  ],
]);

const session = (fields: Partial<Stripe.Checkout.SessionCreateParams>) => () =>
  stripe.checkout.sessions.create({
    mode: "payment",
    success_url: "https://shop.test",
    line_items: [{ price: of("once"), quantity: 1 }],
    ...fields,
  });
const field = (
  key: string,
  rest: Partial<Stripe.Checkout.SessionCreateParams.CustomField> = {},
): Stripe.Checkout.SessionCreateParams.CustomField => ({
  key,
  type: "text",
  label: { type: "custom", custom: "Size" },
  ...rest,
});
const labelled = (custom: string) =>
  session({ custom_fields: [field("size", { label: { type: "custom", custom } })] });
const option = (index: number) => ({ label: `Size ${index}`, value: `s${index}` });

walk("a checkout", [
  ["asks three questions", session({ custom_fields: many(3, (i) => field(`f${i}`)) }), { status: "open" }],
  ["and no more", session({ custom_fields: many(4, (i) => field(`f${i}`)) }), tooMany(3, "custom_fields")],
  ["asks in a hundred characters", labelled(letters(100)), { status: "open" }],
  ["and no more", labelled(letters(101)), tooLong(100, "custom_fields[0][label][custom]")],
  [
    "offers two hundred answers at most",
    session({
      custom_fields: [field("size", { type: "dropdown", dropdown: { options: many(201, option) } })],
    }),
    tooMany(200, "custom_fields[0][dropdown][options]", "options"),
  ],
  [
    "says 1,200 characters at most",
    session({ custom_text: { submit: { message: letters(1201) } } }),
    tooLong(1200, "custom_text[submit][message]"),
  ],
  [
    "offers ten optional items at most",
    () => session({ optional_items: many(11, () => ({ price: of("once"), quantity: 1 })) })(),
    tooMany(10, "optional_items"),
  ],
  ["names an order of 200 characters", session({ client_reference_id: letters(200) }), { status: "open" }],
  ["and no longer", session({ client_reference_id: letters(201) }), tooLong(200, "client_reference_id")],
]);

const subscribe = (fields: Partial<Stripe.SubscriptionCreateParams>) => () =>
  stripe.subscriptions.create({ customer: of("customer"), items: [{ price: of("monthly") }], ...fields });
const codes = async (count: number) => {
  const made = many(count, () => stripe.coupons.create({ percent_off: 1 }));
  return (await Promise.all(made)).map(({ id: coupon }) => ({ coupon }));
};
const customFields = (count: number) => many(count, (i) => ({ name: `Order ${i}`, value: "1" }));

walk("a subscription", [
  ["has twenty discounts", async () => subscribe({ discounts: await codes(20) })(), { status: "active" }],
  ["and no more", async () => subscribe({ discounts: await codes(21) })(), tooMany(20, "discounts")],
  [
    "bills what waits once a year at least",
    subscribe({ pending_invoice_item_interval: { interval: "month", interval_count: 13 } }),
    refusal("Invalid interval_count: 13. The maximum interval is one year: 12 months.", {
      param: "pending_invoice_item_interval[interval_count]",
    }),
  ],
  [
    "writes four fields on its invoices at most",
    subscribe({ invoice_settings: { custom_fields: customFields(5) } }),
    tooMany(4, "invoice_settings[custom_fields]", "custom_fields"),
  ],
  [
    "begins in the past or has its day chosen",
    subscribe({ backdate_start_date: 1_798_000_000, billing_cycle_anchor_config: { day_of_month: 3 } }),
    refusal(
      "You may only specify one of these parameters: backdate_start_date, billing_cycle_anchor_config.",
      {
        code: "parameters_exclusive",
        param: "backdate_start_date",
      },
    ),
  ],
  [
    "is one of 500",
    async () => {
      await Promise.all(many(499, subscribe({ trial_period_days: 7 })));
      return subscribe({ trial_period_days: 7 })();
    },
    refusal("Customer cus_x already has the maximum 500 current subscriptions.", {
      code: "customer_max_subscriptions",
      param: "customer",
    }),
  ],
]);

const phase = () => ({ items: [{ price: of("monthly") }], duration: { interval: "month" as const } });

walk("a schedule", [
  [
    "has ten phases at most",
    async () => {
      const { id: customer } = await stripe.customers.create();
      return stripe.subscriptionSchedules.create({ customer, start_date: "now", phases: many(11, phase) });
    },
    tooMany(10, "phases"),
  ],
]);

const lines = (count: number) => many(count, (i) => ({ amount: 100, description: `Line ${i}` }));

walk("an invoice", [
  [
    "has 250 lines",
    async () => {
      const { id } = await as(
        "draft",
        stripe.invoices.create({ customer: of("customer") }) as Promise<Stripe.Invoice & { id: string }>,
      );
      return stripe.invoices.addLines(id, { lines: lines(250) });
    },
    { amount_due: 25_000 },
  ],
  [
    "and no more",
    () => stripe.invoices.addLines(of("draft"), { lines: lines(1) }),
    refusal("An invoice can have at most 250 line items.", { param: "invoice" }),
  ],
  [
    "however they come",
    () =>
      stripe.invoiceItems.create({
        customer: of("customer"),
        invoice: of("draft"),
        amount: 1,
        currency: "usd",
      }),
    refusal("An invoice can have at most 250 line items.", { param: "invoice" }),
  ],
  [
    "has four fields at most",
    () => stripe.invoices.create({ customer: of("customer"), custom_fields: customFields(5) }),
    tooMany(4, "custom_fields"),
  ],
  [
    "names them in forty characters",
    () =>
      stripe.invoices.create({
        customer: of("customer"),
        custom_fields: [{ name: letters(41), value: "1" }],
      }),
    tooLong(40, "custom_fields[0][name]"),
  ],
  [
    "and fills them with 140",
    () => stripe.invoices.update(of("draft"), { custom_fields: [{ name: "Order", value: letters(141) }] }),
    tooLong(140, "custom_fields[0][value]"),
  ],
]);

walk("a customer", [
  [
    "has four fields at most",
    () => stripe.customers.create({ invoice_settings: { custom_fields: customFields(5) } }),
    tooMany(4, "invoice_settings[custom_fields]", "custom_fields"),
  ],
]);
