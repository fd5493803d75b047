import type Stripe from "stripe";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, unknown, walk } from "./walk.js";

// The session as recorded on an account of 2026-09-30.endive; a configuration's defaults as the SDK's declarations
// and https://docs.stripe.com/api/customer_portal/configurations give them; refusals as other people's code quotes them.
const { sandbox, stripe } = sharedInProcess({ settings: { portalSaved: true } });
const { as, id, of } = createKept();

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

const configure = (features: Features, more: Partial<Stripe.BillingPortal.ConfigurationCreateParams> = {}) =>
  stripe.billingPortal.configurations.create({ features, ...more });
const change = (features: Stripe.BillingPortal.ConfigurationUpdateParams.Features) =>
  stripe.billingPortal.configurations.update(of("configuration"), { features });
const visit = (fields: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) =>
  stripe.billingPortal.sessions.create({ customer: of("customer"), ...fields });
const price = (unit_amount: number, fields: Partial<Stripe.PriceCreateParams> = {}) =>
  stripe.prices.create({
    currency: "usd",
    unit_amount,
    recurring: { interval: "month" },
    ...(fields.product ? {} : { product_data: { name: `Plan ${unit_amount}` } }),
    ...fields,
  });
const products = () => [{ product: of("product"), prices: [of("price"), of("yearly")] }];
const confirm = (item: { price?: string; quantity?: number }) =>
  visit({
    configuration: of("switching"),
    flow_data: {
      type: "subscription_update_confirm",
      subscription_update_confirm: {
        subscription: of("subscription"),
        items: [{ id: of("item"), ...item }],
      },
    },
  });

walk("a shop", [
  [
    "has a customer with a card",
    async () => {
      const { id: customer } = await as("customer", stripe.customers.create({ email: "s@example.org" }));
      const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
      return stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    },
    { email: "s@example.org" },
  ],
  [
    "has a plan by the month",
    async () => {
      const made = await as("price", price(1000));
      id("product", made.product as string);
      return made;
    },
    { unit_amount: 1000 },
  ],
  [
    "and by the year",
    () => as("yearly", price(10_000, { product: of("product"), recurring: { interval: "year" } })),
    { recurring: { interval: "year" } },
  ],
  [
    "has a subscriber",
    async () => {
      const made = await as(
        "subscription",
        stripe.subscriptions.create({ customer: of("customer"), items: [{ price: of("price") }] }),
      );
      id("item", made.items.data[0]?.id);
      return made;
    },
    { status: "active" },
  ],
]);

walk("a portal session", [
  [
    "has the account's own configuration",
    async () => {
      const session = await visit({ return_url: "http://localhost:3000/" });
      id("default", session.configuration as string);
      return { ...session, goes: /\/p\/session\//.test(session.url) };
    },
    {
      customer_account: null,
      flow: null,
      goes: true,
      livemode: false,
      locale: null,
      object: "billing_portal.session",
      on_behalf_of: null,
      return_url: "http://localhost:3000/",
    },
  ],
  [
    "which lets people cancel, pay and see, and switch nothing",
    () => stripe.billingPortal.configurations.retrieve(of("default")),
    {
      active: true,
      features: {
        customer_update: { allowed_updates: ["name", "email", "address", "phone"], enabled: true },
        invoice_history: { enabled: true },
        payment_method_update: { enabled: true },
        subscription_cancel: {
          cancellation_reason: { enabled: true },
          enabled: true,
          mode: "at_period_end",
          proration_behavior: "none",
        },
        subscription_update: { default_allowed_updates: [], enabled: false },
      },
      is_default: true,
    },
  ],
  [
    "is told of",
    async () => ({ last: sandbox.events().at(-1)?.type }),
    { last: "billing_portal.session.created" },
  ],
  ["has no address of its own to return to", () => visit(), { return_url: null }],
  ["speaks the language that it is told to", () => visit({ locale: "de" }), { locale: "de" }],
]);

walk("a configuration", [
  [
    "has everything off that it leaves out",
    () =>
      as(
        "configuration",
        configure(
          {
            customer_update: { allowed_updates: ["email", "tax_id"], enabled: true },
            invoice_history: { enabled: true },
          },
          {
            business_profile: {
              privacy_policy_url: "https://a.test/p",
              terms_of_service_url: "https://a.test/t",
            },
          },
        ),
      ),
    {
      active: true,
      application: null,
      business_profile: {
        headline: null,
        privacy_policy_url: "https://a.test/p",
        terms_of_service_url: "https://a.test/t",
      },
      default_return_url: null,
      features: {
        customer_update: { allowed_updates: ["email", "tax_id"], enabled: true },
        invoice_history: { enabled: true },
        payment_method_update: { enabled: false },
        subscription_cancel: {
          cancellation_reason: { enabled: false },
          enabled: false,
          mode: "at_period_end",
          proration_behavior: "none",
        },
        subscription_update: { default_allowed_updates: [], enabled: false, proration_behavior: "none" },
      },
      is_default: false,
      livemode: false,
      login_page: { enabled: false, url: null },
      metadata: {},
      object: "billing_portal.configuration",
    },
  ],
  [
    "is told of",
    async () => ({ last: sandbox.events().at(-1)?.type }),
    { last: "billing_portal.configuration.created" },
  ],
  [
    "keeps what a change leaves out",
    () => change({ payment_method_update: { enabled: true } }),
    {
      features: {
        customer_update: { allowed_updates: ["email", "tax_id"], enabled: true },
        payment_method_update: { enabled: true },
      },
    },
  ],
  [
    "has Stripe's defaults for a switch of plans",
    () =>
      as(
        "switching",
        configure({
          subscription_cancel: { enabled: true },
          subscription_update: {
            default_allowed_updates: ["price"],
            enabled: true,
            products: products(),
          },
        }),
      ),
    {
      features: {
        subscription_cancel: { enabled: true, mode: "at_period_end", proration_behavior: "none" },
        subscription_update: {
          billing_cycle_anchor: "unchanged",
          default_allowed_updates: ["price"],
          enabled: true,
          proration_behavior: "none",
          schedule_at_period_end: { conditions: [] },
          trial_update_behavior: "end_trial",
        },
      },
    },
  ],
  [
    "can be switched off, and opens nothing then",
    async () => {
      const { id: unused } = await configure({ invoice_history: { enabled: true } });
      return stripe.billingPortal.configurations.update(unused, { active: false });
    },
    { active: false, is_default: false },
  ],
  [
    "can have an address where customers log in",
    async () => {
      const { login_page } = await stripe.billingPortal.configurations.update(of("configuration"), {
        login_page: { enabled: true },
      });
      return { enabled: login_page.enabled, goes: /\/p\/login\//.test(login_page.url ?? "") };
    },
    { enabled: true, goes: true },
  ],
  [
    "is found among the active ones",
    async () => {
      const { data } = await stripe.billingPortal.configurations.list({ active: true, is_default: false });
      return { found: data.length };
    },
    { found: 2 },
  ],
]);

walk("a flow", [
  [
    "leads to the card",
    () => visit({ flow_data: { type: "payment_method_update" } }),
    {
      flow: {
        after_completion: { hosted_confirmation: null, redirect: null, type: "portal_homepage" },
        subscription_cancel: null,
        subscription_update: null,
        subscription_update_confirm: null,
        type: "payment_method_update",
      },
    },
  ],
  [
    "leads to a cancellation",
    () =>
      visit({
        flow_data: {
          type: "subscription_cancel",
          subscription_cancel: { subscription: of("subscription") },
        },
      }),
    { flow: { subscription_cancel: { retention: null }, type: "subscription_cancel" } },
  ],
  [
    "to a switch needs the feature",
    () =>
      visit({
        flow_data: {
          type: "subscription_update",
          subscription_update: { subscription: of("subscription") },
        },
      }),
    refusal(
      "This subscription cannot be updated because the subscription update feature in the portal configuration is disabled.",
    ),
  ],
  [
    "to one switch needs it too",
    () =>
      visit({
        flow_data: {
          type: "subscription_update_confirm",
          subscription_update_confirm: {
            subscription: of("subscription"),
            items: [{ id: of("item"), price: of("yearly") }],
          },
        },
      }),
    refusal(
      "This subscription cannot be updated because the subscription update feature in the portal configuration is disabled.",
    ),
  ],
  [
    "to one switch asks for no more than to confirm it",
    () => confirm({ price: of("yearly"), quantity: 1 }),
    {
      flow: {
        subscription_update_confirm: { discounts: null, items: [{ quantity: 1 }] },
        type: "subscription_update_confirm",
      },
    },
  ],
  [
    "to no change at all is refused",
    () => confirm({ price: of("price"), quantity: 1 }),
    refusal("Cannot update the subscription because there are no changes to confirm."),
  ],
  [
    "is for a subscription that exists",
    () =>
      visit({
        flow_data: { type: "subscription_cancel", subscription_cancel: { subscription: "sub_nope" } },
      }),
    { status: 400, code: "resource_missing", message: "No such subscription: 'sub_nope'" },
  ],
]);

walk("a portal is refused", [
  [
    "to nobody",
    () => stripe.billingPortal.sessions.create({}),
    refusal("Missing required param: customer.", { code: "parameter_missing", param: "customer" }),
  ],
  [
    "to a customer who does not exist",
    () => visit({ customer: "cus_nope" }),
    { status: 404, code: "resource_missing", message: "No such customer: 'cus_nope'", param: "customer" },
  ],
  [
    "with a configuration that does not exist",
    () => visit({ configuration: "bpc_nope" }),
    unknown("No such configuration: 'bpc_nope'", "configuration", 400),
  ],
  [
    "with an address to return to that is none",
    () => visit({ return_url: "home" }),
    refusal("Not a valid URL", { code: "url_invalid", param: "return_url" }),
  ],
  [
    "without features",
    () => stripe.rawRequest("POST", "/v1/billing_portal/configurations", {}),
    refusal("Missing required param: features.", { code: "parameter_missing", param: "features" }),
  ],
  [
    "with a feature that says nothing of being on",
    () =>
      stripe.rawRequest("POST", "/v1/billing_portal/configurations", {
        features: { invoice_history: { x: 1 } },
      }),
    { status: 400 },
  ],
  [
    "with a switch to nothing",
    () => configure({ subscription_update: { enabled: true, default_allowed_updates: ["price"] } }),
    refusal("Missing required param: features[subscription_update][products].", {
      code: "parameter_missing",
      param: "features[subscription_update][products]",
    }),
  ],
  [
    "with two prices of one interval",
    async () => {
      const { id: twin } = await price(1200, { product: of("product") });
      return configure({
        subscription_update: {
          default_allowed_updates: ["price"],
          enabled: true,
          products: [{ product: of("product"), prices: [of("price"), twin] }],
        },
      });
    },
    { status: 400, type: "invalid_request_error" },
  ],
  [
    "with a cancellation that prorates at the period's end",
    () => configure({ subscription_cancel: { enabled: true, proration_behavior: "create_prorations" } }),
    { status: 400, param: "features[subscription_cancel][proration_behavior]" },
  ],
]);
