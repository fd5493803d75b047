import type Stripe from "stripe";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, unknown, walk } from "./walk.js";

// The open sessions as recorded on accounts of 2026-09-30.endive (October 2026); what becomes of them by
// https://docs.stripe.com/api/checkout/sessions and the events that `stripe listen` wrote down (2025 and 2026);
// refusals as other people's code quotes them.
const { sandbox, stripe } = sharedInProcess();
const { as, id, of } = createKept();

type Fields = Partial<Stripe.Checkout.SessionCreateParams>;

const urls = {
  cancel_url: "http://localhost:3000/?session={CHECKOUT_SESSION_ID}",
  success_url: "http://localhost:3000/?session={CHECKOUT_SESSION_ID}",
};

const open = (fields: Fields) => stripe.checkout.sessions.create({ ...urls, ...fields });
const subscribe = (fields: Fields = {}) =>
  open({ mode: "subscription", line_items: [{ price: of("price"), quantity: 1 }], ...fields });
const buy = (unit_amount: number, fields: Fields = {}) =>
  open({
    mode: "payment",
    line_items: [
      { price_data: { currency: "usd", unit_amount, product_data: { name: "T-shirt" } }, quantity: 1 },
    ],
    ...fields,
  });
const read = (name: string) => stripe.checkout.sessions.retrieve(of(name));
const paid = async (name: string) => {
  await sandbox.pay(of(name), undefined, { email: "guest@example.com" });
  return read(name);
};
const now = () => Math.floor(sandbox.now().getTime() / 1000);

/** What happened since the last time, without the chatter of prices and products. */
let seen = 0;
const told = () => {
  const types = sandbox.events().map(({ type }) => type);
  const fresh = types.slice(seen).filter((type) => !/^(price|product|plan)\./.test(type));
  seen = types.length;
  return { told: fresh };
};

const blank = {
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  branding_settings: {
    background_color: "#ffffff",
    border_style: "rounded",
    button_color: "#0074d4",
    font_family: "default",
    icon: null,
    logo: null,
  },
  client_reference_id: null,
  client_secret: null,
  collected_information: { business_name: null, individual_name: null, shipping_details: null },
  consent: null,
  consent_collection: null,
  currency: "usd",
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  customer_email: null,
  integration_identifier: null,
  livemode: false,
  locale: null,
  metadata: {},
  origin_context: null,
  payment_link: null,
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  submit_type: null,
  ui_mode: "hosted_page",
  wallet_options: null,
};

/** As `stripe listen` saw them arrive, in no order that anybody should rely on. */
const madeOfPlan = [
  "charge.succeeded",
  "payment_method.attached",
  "checkout.session.completed",
  "customer.subscription.created",
  "payment_intent.created",
  "payment_intent.succeeded",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_succeeded",
  "invoice_payment.paid",
];

const untouched = {
  invoice: null,
  payment_intent: null,
  subscription: null,
  status: "open",
};

const known = {
  address: null,
  business_name: null,
  email: "stripe@example.org",
  individual_name: null,
  name: null,
  phone: null,
  tax_ids: null,
};

walk("a shop", [
  [
    "has a customer",
    () => as("customer", stripe.customers.create({ email: "stripe@example.org", name: "Stripe User" })),
    { currency: null, invoice_settings: { default_payment_method: null }, next_invoice_sequence: 1 },
  ],
  [
    "has a price",
    () =>
      as(
        "price",
        stripe.prices.create({
          currency: "usd",
          unit_amount: 1000,
          recurring: { interval: "month" },
          product_data: { name: "Default" },
        }),
      ),
    { unit_amount: 1000 },
  ],
]);

walk("a session for a subscription", [
  [
    "is open",
    () => as("plan", subscribe({ customer: of("customer") })),
    {
      ...blank,
      ...untouched,
      ...urls,
      adaptive_pricing: { enabled: true },
      amount_subtotal: 1000,
      amount_total: 1000,
      customer_creation: null,
      customer_details: { ...known, tax_exempt: "none" },
      discounts: [],
      invoice_creation: null,
      managed_payments: { enabled: false },
      mode: "subscription",
      payment_method_collection: "always",
      payment_method_options: { card: { request_three_d_secure: "automatic" } },
      payment_status: "unpaid",
      saved_payment_method_options: {
        allow_redisplay_filters: ["always"],
        payment_method_remove: "disabled",
        payment_method_save: null,
      },
      setup_intent: null,
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    },
  ],
  [
    "lasts a day",
    async () => {
      const { created, expires_at } = await read("plan");
      return { lasts: expires_at - created };
    },
    { lasts: 86_400 },
  ],
  ["says nothing of itself before it is paid", async () => told(), { told: ["customer.created"] }],
  [
    "shows its lines",
    async () => (await stripe.checkout.sessions.listLineItems(of("plan"))).data[0],
    {
      amount_discount: 0,
      amount_subtotal: 1000,
      amount_tax: 0,
      amount_total: 1000,
      currency: "usd",
      description: "Default",
      object: "item",
      quantity: 1,
    },
  ],
  [
    "is complete once it is paid",
    async () => {
      const session = await paid("plan");
      id("subscription", session.subscription as string);
      id("invoice", session.invoice as string);
      return session;
    },
    { amount_total: 1000, payment_intent: null, payment_status: "paid", status: "complete", url: null },
  ],
  [
    "has made a subscription that is paid",
    () => stripe.subscriptions.retrieve(of("subscription")),
    {
      billing_mode: { type: "flexible" },
      cancel_at: null,
      collection_method: "charge_automatically",
      status: "active",
      trial_end: null,
    },
  ],
  [
    "has made its invoice",
    () => stripe.invoices.retrieve(of("invoice")),
    {
      amount_paid: 1000,
      attempted: true,
      billing_reason: "subscription_create",
      lines: { data: [{ description: "1 × Default (at $10.00 / month)" }] },
      status: "paid",
      total: 1000,
    },
  ],
  [
    "is told of with all that it made",
    async () => {
      const types = new Set(told().told);
      return { missing: madeOfPlan.filter((type) => !types.has(type)) };
    },
    { missing: [] },
  ],
  [
    "can't be ended afterwards",
    () => stripe.checkout.sessions.expire(of("plan")),
    refusal(
      'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `complete`.',
    ),
  ],
]);

walk("a session with a trial", [
  [
    "costs nothing today",
    () => as("trial", subscribe({ subscription_data: { trial_period_days: 14 } })),
    { amount_subtotal: 0, amount_total: 0, customer_creation: "always" },
  ],
  [
    "asks for a card all the same, and for no payment",
    async () => {
      const session = await paid("trial");
      id("trialing", session.subscription as string);
      return session;
    },
    { amount_total: 0, payment_status: "no_payment_required", status: "complete" },
  ],
  ["is a trial", () => stripe.subscriptions.retrieve(of("trialing")), { status: "trialing" }],
  [
    "made an invoice of nothing",
    async () => (await stripe.invoices.list({ subscription: of("trialing") })).data[0],
    {
      amount_due: 0,
      attempt_count: 0,
      attempted: true,
      lines: { data: [{ amount: 0, description: "Free trial for 1 × Default" }] },
      status: "paid",
      total: 0,
    },
  ],
  ["is told of", async () => ({ type: told().told.includes("setup_intent.succeeded") }), { type: true }],
]);

walk("a session for a payment", [
  [
    "is open, without an intent",
    () => as("shirt", buy(2500)),
    {
      ...blank,
      ...untouched,
      amount_subtotal: 2500,
      amount_total: 2500,
      customer: null,
      customer_creation: "if_required",
      customer_details: null,
      discounts: [],
      invoice_creation: { enabled: false },
      mode: "payment",
      payment_method_collection: "if_required",
      payment_status: "unpaid",
      setup_intent: null,
    },
  ],
  [
    "is paid by a guest",
    async () => {
      const session = await paid("shirt");
      id("intent", session.payment_intent as string);
      return session;
    },
    {
      customer: null,
      customer_details: { email: "guest@example.com", tax_exempt: "none" },
      invoice: null,
      payment_status: "paid",
      status: "complete",
      subscription: null,
      url: null,
    },
  ],
  [
    "leaves an intent",
    () => stripe.paymentIntents.retrieve(of("intent")),
    { amount_received: 2500, customer: null, status: "succeeded", setup_future_usage: null },
  ],
  [
    "is told of",
    async () => ({ all: told().told.toSorted() }),
    {
      all: [
        "charge.succeeded",
        "checkout.session.completed",
        "payment_intent.created",
        "payment_intent.succeeded",
      ],
    },
  ],
  [
    "makes a customer if it is told to",
    async () => {
      await as("regular", buy(2500, { customer_creation: "always" }));
      return { made: typeof (await paid("regular")).customer };
    },
    { made: "string" },
  ],
]);

walk("a session that saves a card", [
  [
    "is open, with its intent",
    () => as("save", open({ mode: "setup", currency: "usd", customer: of("customer") })),
    {
      ...blank,
      adaptive_pricing: { enabled: false },
      amount_subtotal: null,
      amount_total: null,
      customer_creation: null,
      customer_details: { ...known, tax_exempt: null },
      discounts: null,
      invoice: null,
      invoice_creation: null,
      managed_payments: null,
      mode: "setup",
      payment_intent: null,
      payment_method_collection: "always",
      payment_status: "no_payment_required",
      saved_payment_method_options: null,
      status: "open",
      subscription: null,
      total_details: null,
    },
  ],
  [
    "is complete once the card is saved",
    async () => {
      const session = await paid("save");
      id("setup", session.setup_intent as string);
      return session;
    },
    { amount_total: null, payment_status: "no_payment_required", status: "complete", url: null },
  ],
  [
    "has saved it",
    () => stripe.setupIntents.retrieve(of("setup")),
    { status: "succeeded", usage: "off_session" },
  ],
]);

walk("a session that nobody pays", [
  [
    "is ended by the app",
    async () => stripe.checkout.sessions.expire((await as("left", subscribe())).id),
    { ...untouched, status: "expired", payment_status: "unpaid", url: null, after_expiration: null },
  ],
  ["is told of", async () => ({ last: told().told.at(-1) }), { last: "checkout.session.expired" }],
  [
    "can't be ended again",
    () => stripe.checkout.sessions.expire(of("left")),
    refusal(
      'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `expired`.',
    ),
  ],
  [
    "ends by itself at the time that it was given",
    async () => {
      const { id: session } = await subscribe({ expires_at: now() + 1800 });
      sandbox.advance(new Date((now() + 1801) * 1000));
      return stripe.checkout.sessions.retrieve(session);
    },
    { status: "expired", url: null },
  ],
]);

const exclusive = (one: string, other: string) => ({
  status: 400,
  code: "parameters_exclusive",
  message: `You may only specify one of these parameters: ${one}, ${other}.`,
});

walk("a session is refused", [
  [
    "that ends too soon",
    () => subscribe({ expires_at: now() + 60 }),
    refusal("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."),
  ],
  [
    "that lasts too long",
    () => subscribe({ expires_at: now() + 7 * 86_400 }),
    refusal("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."),
  ],
  [
    "that costs too little",
    () => buy(24),
    {
      status: 400,
      code: "amount_too_small",
      message: "The Checkout Session's total amount due must add up to at least $0.50 usd",
    },
  ],
  // https://docs.stripe.com/billing/subscriptions/mixed-interval; other people's code quotes the text, and found that no
  // `billing_mode` changes it.
  [
    "for prices of different intervals",
    async () => {
      const yearly = await stripe.prices.create({
        currency: "usd",
        unit_amount: 9000,
        recurring: { interval: "year" },
        product_data: { name: "Support" },
      });
      const line_items = [
        { price: of("price"), quantity: 1 },
        { price: yearly.id, quantity: 1 },
      ];
      return subscribe({ line_items, subscription_data: { billing_mode: { type: "flexible" } } });
    },
    refusal("Checkout does not support multiple prices with different billing intervals."),
  ],
  [
    "for a subscription to what is bought once",
    () => buy(1000, { mode: "subscription" }),
    {
      status: 400,
      message: "You must provide at least one recurring price in `subscription` mode when using prices.",
    },
  ],
  [
    "for a single payment of a plan",
    () => subscribe({ mode: "payment" }),
    {
      status: 400,
      message:
        "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
    },
  ],
  [
    "for a subscription with what belongs to a payment",
    () => subscribe({ payment_intent_data: { description: "x" } }),
    { status: 400, message: "You can not pass `payment_intent_data` in `subscription` mode." },
  ],
  [
    "for a payment with what belongs to a subscription",
    () => buy(1000, { subscription_data: { description: "x" } }),
    { status: 400, message: "You can not pass `subscription_data` in `payment` mode." },
  ],
  [
    "with a customer and an address",
    () => subscribe({ customer: of("customer"), customer_email: "a@b.co" }),
    exclusive("customer", "customer_email"),
  ],
  [
    "with a code field and a discount",
    () => subscribe({ allow_promotion_codes: true, discounts: [{ coupon: "x" }] }),
    exclusive("allow_promotion_codes", "discounts"),
  ],
  [
    "without a price that exists",
    () => open({ mode: "subscription", line_items: [{ price: "price_nope", quantity: 1 }] }),
    unknown("No such price: 'price_nope'", "line_items[0][price]", 400),
  ],
  [
    "for a customer who does not exist",
    () => subscribe({ customer: "cus_nope" }),
    unknown("No such customer: 'cus_nope'", "customer"),
  ],
  [
    "without an address to return to",
    () => stripe.checkout.sessions.create({ mode: "setup", currency: "usd" }),
    refusal("Missing required param: success_url.", { code: "parameter_missing", param: "success_url" }),
  ],
  [
    "with an address that is none",
    () => subscribe({ success_url: "thanks" }),
    refusal("Not a valid URL", { code: "url_invalid", param: "success_url" }),
  ],
  [
    "with a trial that ends too soon",
    () => subscribe({ subscription_data: { trial_end: now() + 3600 } }),
    { status: 400, message: "The `trial_end` date has to be at least 2 days in the future." },
  ],
  [
    "that nobody opened",
    () => stripe.checkout.sessions.retrieve("cs_test_nope"),
    { status: 404, code: "resource_missing", message: "No such checkout.session: 'cs_test_nope'" },
  ],
]);
