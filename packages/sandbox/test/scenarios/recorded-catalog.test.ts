import { expect } from "vitest";
import { sharedInProcess } from "../in-process.js";
import { createKept, refusal, unknown, walk } from "./walk.js";

// As recorded on an account of 2026-08-26.dahlia.
const { stripe, sandbox } = sharedInProcess();
const kept = createKept();
const { as, of } = kept;

const data = async (page: Promise<{ data: { id: string }[] }>) => (await page).data.map(({ id }) => id);
const raw = (method: "GET" | "POST", path: string, params?: Record<string, unknown>) =>
  stripe.rawRequest(method, path, params);
const told = async (type: string) => ({
  object: sandbox.events().findLast((event) => event.type === type)?.data.object,
});
const month = { interval: "month" } as const;
const sinceIs = (value: number) =>
  `expects a unix timestamp representing a date and time in the future. You specified the value \`${value}\` which is in the past.`;

walk("products", [
  [
    "with a name alone",
    () => as("widget", stripe.products.create({ name: "Widget" })),
    {
      active: true,
      default_price: null,
      description: null,
      images: [],
      marketing_features: [],
      metadata: {},
      package_dimensions: null,
      shippable: null,
      statement_descriptor: null,
      tax_code: null,
      tax_details: null,
      unit_label: null,
      url: null,
      type: "service",
    },
  ],
  [
    "are changed",
    () => stripe.products.update(of("widget"), { description: "updated", metadata: { a: "1" } }),
    { description: "updated", metadata: { a: "1" } },
  ],
  [
    "with everything",
    () =>
      as(
        "full",
        stripe.products.create({
          name: "Full",
          shippable: true,
          statement_descriptor: "P7 DESC",
          unit_label: "widget",
          url: "https://example.test/full",
          tax_code: "txcd_10103000",
          description: "d",
          images: ["https://example.test/i.png"],
          marketing_features: [{ name: "feature one" }],
          package_dimensions: { height: 1, length: 2, weight: 3, width: 4 },
        }),
      ),
    {
      images: ["https://example.test/i.png"],
      marketing_features: [{ name: "feature one" }],
      package_dimensions: { height: 1, length: 2, weight: 3, width: 4 },
      shippable: true,
      statement_descriptor: "P7 DESC",
      tax_code: "txcd_10103000",
      tax_details: { performance_location: null, tax_code: "txcd_10103000" },
      unit_label: "widget",
      url: "https://example.test/full",
    },
  ],
  [
    "lose their tax code",
    () => stripe.products.update(of("full"), { tax_code: "" }),
    { tax_code: null, tax_details: null },
  ],
  [
    "with a first price",
    async () => {
      const product = await stripe.products.create({
        name: "Priced",
        default_price_data: { currency: "usd", unit_amount: 1500, recurring: month },
      });
      kept.id("priced", product.id);
      kept.id("first price", product.default_price as string);
      return { named: typeof product.default_price };
    },
    { named: "string" },
  ],
  [
    "tell of their first price as they are created",
    async () => {
      const { object } = await told("product.created");
      return { same: object?.default_price === of("first price") };
    },
    { same: true },
  ],
  ["are deleted", () => stripe.products.del(of("widget")), { object: "product", deleted: true }],
  ["are gone then", () => stripe.products.retrieve(of("widget")), unknown("No such product: 'prod_x'", "id")],
  ["are told of as they go, no longer active", () => told("product.deleted"), { object: { active: false } }],
  ["unknown", () => stripe.products.retrieve("prod_nope"), unknown("No such product: 'prod_nope'", "id")],
  [
    "by ids that nothing has",
    () => stripe.products.list({ ids: [of("widget"), "prod_nope"] }),
    { data: [], has_more: false },
  ],
  [
    "without a name",
    () => raw("POST", "/v1/products", {}),
    refusal("Missing required param: name.", { code: "parameter_missing", param: "name" }),
  ],
  [
    "with a first price that nothing has",
    () => stripe.products.update(of("priced"), { default_price: "price_nope" }),
    unknown("No such price: 'price_nope'", "default_price", 400),
  ],
  [
    "with a price of the shop's",
    async () => {
      const { id } = await as("victim", stripe.products.create({ name: "victim" }));
      await stripe.prices.create({ currency: "usd", unit_amount: 100, product: id });
      return stripe.products.del(id);
    },
    refusal("This product cannot be deleted because it has one or more user-created prices."),
  ],
]);

walk("prices", [
  [
    "once",
    () =>
      as(
        "one time",
        stripe.prices.create({
          currency: "usd",
          unit_amount: 2000,
          product: of("priced"),
          nickname: "one time",
          currency_options: { eur: { unit_amount: 90 } },
        }),
      ),
    {
      billing_scheme: "per_unit",
      custom_unit_amount: null,
      lookup_key: null,
      nickname: "one time",
      recurring: null,
      tax_behavior: "unspecified",
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time",
      unit_amount: 2000,
    },
  ],
  [
    "every month",
    () =>
      as(
        "holder",
        stripe.prices.create({
          currency: "usd",
          unit_amount: 999,
          product: of("priced"),
          recurring: month,
          lookup_key: "s07-key",
        }),
      ),
    {
      lookup_key: "s07-key",
      recurring: {
        interval: "month",
        interval_count: 1,
        meter: null,
        trial_period_days: null,
        usage_type: "licensed",
      },
      type: "recurring",
    },
  ],
  [
    "with a key that is taken",
    () =>
      stripe.prices.create({
        currency: "usd",
        unit_amount: 500,
        product: of("priced"),
        lookup_key: "s07-key",
      }),
    refusal("A price (`price_x`) already uses that lookup key.", { param: "lookup_key" }),
  ],
  [
    "with a key that is passed on",
    () =>
      as(
        "transferee",
        stripe.prices.create({
          currency: "usd",
          unit_amount: 555,
          product: of("priced"),
          lookup_key: "s07-key",
          transfer_lookup_key: true,
        }),
      ),
    { lookup_key: "s07-key", unit_amount: 555 },
  ],
  ["without the key that they had", () => stripe.prices.retrieve(of("holder")), { lookup_key: null }],
  [
    "in tiers",
    () =>
      as(
        "tiered",
        stripe.prices.create({
          currency: "usd",
          product: of("priced"),
          billing_scheme: "tiered",
          tiers_mode: "graduated",
          recurring: month,
          tiers: [
            { up_to: 5, unit_amount: 500 },
            { up_to: "inf", unit_amount: 400 },
          ],
        }),
      ),
    { billing_scheme: "tiered", tiers_mode: "graduated", unit_amount: null, unit_amount_decimal: null },
  ],
  [
    "of parts of a cent",
    () =>
      stripe.rawRequest("POST", "/v1/prices", {
        currency: "usd",
        product: of("priced"),
        unit_amount_decimal: "123.45",
      }),
    { unit_amount: null, unit_amount_decimal: "123.45" },
  ],
  [
    "that the buyer names",
    () =>
      stripe.prices.create({
        currency: "usd",
        product: of("priced"),
        custom_unit_amount: { enabled: true, maximum: 10_000, minimum: 100, preset: 500 },
      }),
    {
      custom_unit_amount: { maximum: 10_000, minimum: 100, preset: 500 },
      unit_amount: null,
      unit_amount_decimal: null,
    },
  ],
  [
    "with a product of their own",
    () => stripe.prices.create({ currency: "eur", unit_amount: 1000, product_data: { name: "inline prod" } }),
    { currency: "eur", type: "one_time" },
  ],
  [
    "of nothing",
    () => stripe.prices.create({ currency: "usd", unit_amount: 1000 }),
    refusal("You must specify either `product` or `product_data` when creating a price."),
  ],
  [
    "without an amount",
    () => stripe.prices.create({ currency: "usd", product: of("priced") }),
    refusal("Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set."),
  ],
  [
    "of two products",
    () =>
      stripe.prices.create({
        currency: "usd",
        unit_amount: 1000,
        product: of("priced"),
        product_data: { name: "x" },
      }),
    refusal("You may only specify one of these parameters: product, product_data.", { param: "product" }),
  ],
  [
    "in tiers, once",
    () =>
      stripe.prices.create({
        currency: "usd",
        product: of("priced"),
        billing_scheme: "tiered",
        tiers_mode: "volume",
        tiers: [{ up_to: "inf", unit_amount: 500 }],
      }),
    refusal("Prices with `type=one_time` are not supported with tiered billing.", { param: "interval" }),
  ],
  [
    "by use, without a meter",
    () =>
      stripe.prices.create({
        currency: "usd",
        product: of("priced"),
        unit_amount: 5,
        recurring: { interval: "month", usage_type: "metered" },
      }),
    refusal("Starting with Stripe version `2025-03-31.basil`, metered prices must be backed by meters."),
  ],
  [
    "of a product that nothing has",
    () => stripe.prices.create({ currency: "usd", product: "prod_nope", unit_amount: 100 }),
    unknown("No such product: 'prod_nope'", "product", 400),
  ],
  [
    "of one product, every so often, newest first",
    async () => {
      const ids = await data(stripe.prices.list({ product: of("priced"), type: "recurring", limit: 3 }));
      return { places: [of("tiered"), of("holder"), of("first price")].map((id) => ids.indexOf(id)) };
    },
    { places: [0, 1, 2] },
  ],
  [
    "by their key",
    async () => ({ found: await data(stripe.prices.list({ lookup_keys: ["s07-key"] })) }),
    { found: [expect.stringMatching(/^price_/)] },
  ],
  [
    "no longer for sale",
    () => stripe.prices.update(of("transferee"), { active: false }),
    { active: false, lookup_key: "s07-key" },
  ],
  [
    "with the key of one that is no longer for sale",
    () =>
      stripe.prices.create({
        currency: "usd",
        unit_amount: 777,
        product: of("priced"),
        lookup_key: "s07-key",
      }),
    refusal("A price (`price_x`) already uses that lookup key.", { param: "lookup_key" }),
  ],
  ["for sale again", () => stripe.prices.update(of("transferee"), { active: true }), { active: true }],
  ["without a key", () => stripe.prices.update(of("transferee"), { lookup_key: "" }), { lookup_key: null }],
  ["unknown", () => stripe.prices.retrieve("price_nope"), unknown("No such price: 'price_nope'", "price")],
  [
    "are not deleted",
    () => stripe.rawRequest("DELETE", `/v1/prices/${of("holder")}`),
    refusal(
      "Unrecognized request URL (DELETE: /v1/prices/price_x). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.",
      { status: 404 },
    ),
  ],
]);

walk("coupons", [
  [
    "of a percentage",
    () => as("percent", stripe.coupons.create({ percent_off: 22.5, duration: "once" })),
    {
      amount_off: null,
      currency: null,
      duration: "once",
      duration_in_months: null,
      max_redemptions: null,
      name: null,
      percent_off: 22.5,
      redeem_by: null,
      times_redeemed: 0,
      valid: true,
    },
  ],
  [
    "of an amount",
    () =>
      as(
        "amount",
        stripe.coupons.create({
          amount_off: 500,
          currency: "usd",
          duration: "repeating",
          duration_in_months: 3,
          name: "five off",
          max_redemptions: 10,
          applies_to: { products: [of("priced")] },
          currency_options: { eur: { amount_off: 400 } },
        }),
      ),
    {
      amount_off: 500,
      currency: "usd",
      duration: "repeating",
      duration_in_months: 3,
      max_redemptions: 10,
      percent_off: null,
    },
  ],
  [
    "are renamed",
    () => stripe.coupons.update(of("percent"), { name: "renamed", metadata: { k: "v" } }),
    { name: "renamed", metadata: { k: "v" } },
  ],
  ["are deleted", () => stripe.coupons.del(of("percent")), { object: "coupon", deleted: true }],
  ["unknown", () => stripe.coupons.retrieve("NOPE123"), unknown("No such coupon: 'NOPE123'", "coupon")],
  [
    "of nothing",
    () => stripe.coupons.create({ duration: "once" }),
    refusal("Must provide percent_off or amount_off.", { code: "parameter_missing" }),
  ],
  [
    "of both",
    () => stripe.coupons.create({ percent_off: 10, amount_off: 500, currency: "usd", duration: "once" }),
    refusal("Received both percent_off and amount_off parameters. Please pass in only one."),
  ],
  [
    "of an amount of no currency",
    () => stripe.coupons.create({ amount_off: 500, duration: "once" }),
    refusal("You must pass currency when passing amount_off", { param: "currency" }),
  ],
  [
    "for nobody knows how many months",
    () => stripe.coupons.create({ percent_off: 10, duration: "repeating" }),
    refusal("The duration_in_months param must be set when creating a coupon with a repeating duration", {
      param: "duration",
    }),
  ],
  [
    "of no percentage",
    () => stripe.coupons.create({ percent_off: 0, duration: "once" }),
    refusal("This value must be greater than or equal to 0.01 (it currently is '0.0').", {
      param: "percent_off",
    }),
  ],
  [
    "of the past",
    () => stripe.coupons.create({ percent_off: 10, duration: "once", redeem_by: 1000 }),
    refusal(`The parameter \`redeem_by\` ${sinceIs(1000)}`, { param: "redeem_by" }),
  ],
  [
    "of a percentage in currencies",
    () =>
      stripe.coupons.create({
        percent_off: 5,
        duration: "once",
        currency_options: { eur: { amount_off: 4 } },
      }),
    refusal("You may only specify one of these parameters: currency_options, percent_off.", {
      param: "currency_options",
    }),
  ],
  [
    "in currencies that are a number",
    () =>
      raw("POST", "/v1/coupons", {
        amount_off: 500,
        currency: "usd",
        duration: "once",
        currency_options: 5,
      }),
    refusal("Invalid object", { param: "currency_options" }),
  ],
  [
    "in currencies of upper case",
    () =>
      stripe.coupons.create({
        amount_off: 500,
        currency: "usd",
        duration: "once",
        currency_options: { EUR: { amount_off: 4 } },
      }),
    refusal("Currencies must be lowercase when used as keys in a map. Use `eur` instead of `EUR`.", {
      param: "currency_options",
    }),
  ],
  [
    "of the far future",
    () => stripe.coupons.create({ percent_off: 10, duration: "once", redeem_by: 4_102_444_800 }),
    refusal("Invalid timestamp: can be no more than five years in the future.", { param: "redeem_by" }),
  ],
]);

const ofAmount = () => ({ type: "coupon" as const, coupon: of("amount") });

walk("promotion codes", [
  [
    "that are made up",
    () => as("minted", stripe.promotionCodes.create({ promotion: ofAmount() })),
    {
      active: true,
      code: expect.stringMatching(/^[A-Z0-9]{8}$/),
      customer: null,
      expires_at: null,
      max_redemptions: null,
      promotion: { type: "coupon" },
      restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
      times_redeemed: 0,
    },
  ],
  [
    "that are given",
    () =>
      as(
        "coded",
        stripe.promotionCodes.create({
          promotion: ofAmount(),
          code: "s07-promo",
          restrictions: {
            first_time_transaction: true,
            minimum_amount: 1000,
            minimum_amount_currency: "usd",
          },
        }),
      ),
    {
      code: "s07-promo",
      restrictions: { first_time_transaction: true, minimum_amount: 1000, minimum_amount_currency: "usd" },
    },
  ],
  [
    "with their coupon",
    () => stripe.promotionCodes.retrieve(of("coded"), { expand: ["promotion.coupon"] }),
    { promotion: { coupon: { object: "coupon", amount_off: 500, name: "five off", valid: true } } },
  ],
  [
    "of a coupon",
    async () => ({ codes: (await data(stripe.promotionCodes.list({ coupon: of("amount") }))).length }),
    { codes: 2 },
  ],
  [
    "by their letters",
    async () => ({
      codes: (await stripe.promotionCodes.list({ code: "s07-promo", active: true })).data.map(
        ({ code }) => code,
      ),
    }),
    { codes: ["s07-promo"] },
  ],
  ["no longer", () => stripe.promotionCodes.update(of("minted"), { active: false }), { active: false }],
  [
    "that still are",
    async () => ({
      codes: (await data(stripe.promotionCodes.list({ coupon: of("amount"), active: true }))).length,
    }),
    { codes: 1 },
  ],
  [
    "of a coupon that nothing has",
    () => stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: "NOPE1234" } }),
    unknown("No such coupon: 'NOPE1234'", "promotion[coupon]", 400),
  ],
  [
    "that are taken",
    () => stripe.promotionCodes.create({ promotion: ofAmount(), code: "s07-promo" }),
    refusal("An active promotion code with `code: s07-promo` already exists."),
  ],
  [
    "with spaces",
    () => stripe.promotionCodes.create({ promotion: ofAmount(), code: "has spaces!" }),
    refusal(
      "This value must match the regex pattern. (/\\A[a-zA-Z0-9\\-_]+\\z/ does not match for the value has spaces!).",
      { param: "code" },
    ),
  ],
  [
    "of no coupon",
    () => stripe.promotionCodes.create({ promotion: { type: "coupon" } }),
    refusal("You must pass promotion.coupon when passing promotion", { param: "promotion.coupon" }),
  ],
  [
    "for a customer that nothing has",
    () => stripe.promotionCodes.create({ promotion: ofAmount(), customer: "cus_nope" }),
    unknown("No such customer: 'cus_nope'", "customer", 400),
  ],
  [
    "of the past",
    () => stripe.promotionCodes.create({ promotion: ofAmount(), expires_at: 2000 }),
    refusal(`The parameter \`expires_at\` ${sinceIs(2000)}`, { param: "expires_at" }),
  ],
  [
    "of the far future",
    () => stripe.promotionCodes.create({ promotion: ofAmount(), expires_at: 4_102_444_800 }),
    refusal("Invalid timestamp: can be no more than five years in the future.", { param: "expires_at" }),
  ],
  [
    "whose restrictions change",
    () =>
      raw("POST", `/v1/promotion_codes/${of("minted")}`, { restrictions: { first_time_transaction: true } }),
    refusal("Received unknown parameter: restrictions[first_time_transaction]", {
      code: "parameter_unknown",
      param: "restrictions[first_time_transaction]",
    }),
  ],
  [
    "unknown",
    () => stripe.promotionCodes.retrieve("promo_nope"),
    unknown("No such promotion code: 'promo_nope'", "promotion_code"),
  ],
]);

walk("tax rates", [
  [
    "on top",
    () =>
      as(
        "ca",
        stripe.taxRates.create({
          display_name: "CA sales tax",
          jurisdiction: "US-CA",
          percentage: 8.875,
          inclusive: false,
          country: "US",
          state: "CA",
        }),
      ),
    {
      active: true,
      effective_percentage: 8.875,
      flat_amount: null,
      jurisdiction_level: null,
      percentage: 8.875,
      rate_type: "percentage",
      tax_type: null,
    },
  ],
  [
    "within",
    () =>
      as(
        "vat",
        stripe.taxRates.create({
          display_name: "VAT",
          percentage: 20,
          inclusive: true,
          tax_type: "vat",
          jurisdiction: "DE",
        }),
      ),
    { country: null, effective_percentage: 20, inclusive: true, rate_type: "percentage", tax_type: "vat" },
  ],
  [
    "no longer",
    () => stripe.taxRates.update(of("ca"), { active: false, description: "archived" }),
    { active: false, description: "archived" },
  ],
  [
    "that still are",
    async () => ({
      names: (await stripe.taxRates.list({ active: true })).data.map((rate) => rate.display_name),
    }),
    { names: ["VAT"] },
  ],
  [
    "unknown",
    () => stripe.taxRates.retrieve("txr_nope"),
    unknown("No such tax rate: 'txr_nope'", "tax_rate"),
  ],
]);
