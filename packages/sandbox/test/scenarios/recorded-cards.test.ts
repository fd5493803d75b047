import type Stripe from "stripe";
import { sharedInProcess } from "../in-process.js";
import { createKept, declined, type Step, walk } from "./walk.js";

// What https://docs.stripe.com/testing says of each card (May 2026), with the words and fields that an account of
// 2026-08-26.dahlia answered with; where no recording has a card, the documentation alone speaks.
const { stripe } = sharedInProcess({ settings: { rawCardData: true } });
const { as, id, of } = createKept();

type Fields = Partial<Stripe.PaymentIntentCreateParams>;

const pay = (card: string, fields: Fields = {}) =>
  stripe.paymentIntents.create({
    amount: 1000,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    confirm: true,
    currency: "usd",
    expand: ["latest_charge"],
    payment_method: `pm_card_${card}`,
    ...fields,
  });

const setUp = (card: string) =>
  stripe.setupIntents.create({
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    confirm: true,
    customer: of("customer"),
    payment_method: `pm_card_${card}`,
  });

const attach = async (card: string) => stripe.paymentMethods.attach(card, { customer: of("customer") });

const charge = (token: string) =>
  stripe.charges.create({ amount: 1000, currency: "usd", source: `tok_${token}` });

const authenticate = async (intent: string, outcome: "fail" | "succeed") => {
  await stripe.rawRequest("POST", `/v1/sandbox/intents/${intent}/authenticate`, { outcome });
  return stripe.paymentIntents.retrieve(intent, { expand: ["latest_charge"] });
};

const subscribe = async (card: string) => {
  const { id: customer } = await stripe.customers.create({});
  const { id: default_payment_method } = await stripe.paymentMethods.attach(card, { customer });
  return stripe.subscriptions.create({
    customer,
    default_payment_method,
    expand: ["latest_invoice.payments"],
    items: [{ price: of("price") }],
  });
};

walk("a shop", [
  ["has a customer", () => as("customer", stripe.customers.create({})), { default_source: null }],
  [
    "has a price",
    () =>
      as(
        "price",
        stripe.prices.create({
          currency: "usd",
          unit_amount: 2000,
          recurring: { interval: "month" },
          product_data: { name: "Pro" },
        }),
      ),
    { unit_amount: 2000 },
  ],
]);

const authorized = {
  network_status: "approved_by_network",
  reason: null,
  risk_level: "normal",
  seller_message: "Payment complete.",
  type: "authorized",
};

const paid = (card: object, outcome: object = authorized) => ({
  status: "succeeded",
  amount_received: 1000,
  last_payment_error: null,
  next_action: null,
  latest_charge: {
    captured: true,
    failure_code: null,
    outcome,
    paid: true,
    payment_method_details: { card, type: "card" },
    status: "succeeded",
  },
});

const brands: Step[] = (
  [
    ["visa", "visa", "4242", "US", "credit"],
    ["visa_debit", "visa", "5556", "US", "debit"],
    ["mastercard", "mastercard", "4444", "US", "credit"],
    ["mastercard_debit", "mastercard", "8210", "US", "debit"],
    ["mastercard_prepaid", "mastercard", "5100", "US", "prepaid"],
    ["amex", "amex", "0005", "US", "credit"],
    ["discover", "discover", "1117", "US", "credit"],
    ["diners", "diners", "0004", "US", "credit"],
    ["jcb", "jcb", "0505", "US", "credit"],
    ["unionpay", "unionpay", "0005", "US", "credit"],
    ["br", "visa", "0002", "BR", "credit"],
    ["ca", "visa", "0000", "CA", "credit"],
    ["de", "visa", "0016", "DE", "credit"],
    ["gb", "visa", "0000", "GB", "credit"],
    ["jp", "visa", "0003", "JP", "credit"],
  ] as const
).map(([name, brand, last4, country, funding]) => [
  `pays with ${name}`,
  () => pay(name),
  paid({ brand, country, funding, last4, network: brand, three_d_secure: null }),
]);

walk("a card that pays", brands);

/** What is said at each place where the issuer is asked. */
const refusedEverywhere = (name: string, answer: object, failure: object): Step[] => [
  [`${name}: no payment`, () => pay(name), answer],
  [`${name}: no setup`, () => setUp(name), answer],
  [`${name}: is not saved`, () => attach(`pm_card_${name}`), answer],
  [`${name}: no charge of its own`, () => charge(name), answer],
  [
    `${name}: leaves a failed charge`,
    async () => (await stripe.charges.list({ limit: 1 })).data[0],
    { amount_captured: 0, paid: false, status: "failed", balance_transaction: null, ...failure },
  ],
];

const declinedByIssuer = (reason: string, network_decline_code: string | null = null) => ({
  network_decline_code,
  network_status: "declined_by_network",
  reason,
  type: "issuer_declined",
});

walk("a card that is declined", [
  ...refusedEverywhere("chargeDeclined", declined("generic_decline"), {
    failure_code: "card_declined",
    failure_message: "Your card was declined.",
    outcome: { ...declinedByIssuer("generic_decline", "01"), advice_code: "try_again_later" },
  }),
  ...refusedEverywhere(
    "chargeDeclinedInsufficientFunds",
    declined("insufficient_funds", { message: "Your card has insufficient funds." }),
    {
      failure_code: "card_declined",
      failure_message: "Your card has insufficient funds.",
      outcome: {
        ...declinedByIssuer("insufficient_funds", "51"),
        seller_message: "The bank returned the decline code `insufficient_funds`.",
      },
    },
  ),
  ...refusedEverywhere("chargeDeclinedLostCard", declined("lost_card"), {
    failure_code: "card_declined",
    outcome: { ...declinedByIssuer("lost_card", "41"), advice_code: "do_not_try_again" },
  }),
  ...refusedEverywhere("chargeDeclinedStolenCard", declined("stolen_card"), {
    failure_code: "card_declined",
    outcome: { ...declinedByIssuer("stolen_card", "43"), advice_code: "do_not_try_again" },
  }),
  ...refusedEverywhere(
    "chargeDeclinedExpiredCard",
    declined("expired_card", {
      code: "expired_card",
      message: "Your card has expired.",
      param: "exp_month",
    }),
    {
      failure_code: "expired_card",
      failure_message: "Your card has expired.",
      outcome: declinedByIssuer("expired_card", "54"),
    },
  ),
  ...refusedEverywhere(
    "chargeDeclinedIncorrectCvc",
    declined("incorrect_cvc", {
      code: "incorrect_cvc",
      message: "Your card's security code is incorrect.",
      param: "cvc",
    }),
    { failure_code: "incorrect_cvc", outcome: declinedByIssuer("incorrect_cvc", "N7") },
  ),
  ...refusedEverywhere(
    "chargeDeclinedProcessingError",
    declined("processing_error", {
      code: "processing_error",
      message: "An error occurred while processing your card. Try again in a little bit.",
    }),
    { failure_code: "processing_error", outcome: declinedByIssuer("processing_error") },
  ),
  [
    "a payment that was declined can be paid with another card",
    async () => {
      const intent = await as("declined", pay("visa", { confirm: false }));
      await stripe.paymentIntents
        .confirm(intent.id, { payment_method: "pm_card_chargeDeclined" })
        .catch(() => undefined);
      return stripe.paymentIntents.retrieve(intent.id);
    },
    {
      status: "requires_payment_method",
      payment_method: null,
      amount_received: 0,
      last_payment_error: { code: "card_declined", decline_code: "generic_decline", type: "card_error" },
    },
  ],
  [
    "and its error is gone then",
    () => stripe.paymentIntents.confirm(of("declined"), { payment_method: "pm_card_visa" }),
    { status: "succeeded", last_payment_error: null, amount_received: 1000 },
  ],
]);

walk("a card that is saved and then declined", [
  ["is saved", () => attach("pm_card_chargeCustomerFail"), { card: { last4: "0341" } }],
  ["is set up", () => setUp("chargeCustomerFail"), { status: "succeeded", usage: "off_session" }],
  ["pays nothing", () => pay("chargeCustomerFail"), declined("generic_decline")],
  [
    "begins a subscription that is not paid",
    () => subscribe("pm_card_chargeCustomerFail"),
    {
      status: "incomplete",
      latest_invoice: {
        amount_paid: 0,
        amount_remaining: 2000,
        attempt_count: 1,
        attempted: true,
        next_payment_attempt: null,
        payments: {
          data: [
            {
              status: "open",
              is_default: true,
            },
          ],
        },
        status: "open",
      },
    },
  ],
]);

const asksOnly = { status: "requires_action", next_action: { type: "use_stripe_sdk" }, latest_charge: null };

const offSession = declined("authentication_required", {
  code: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
});

const saved = async (card: string, fields: Fields = {}) => {
  const { id: customer } = await stripe.customers.create({});
  const { id: method } = await stripe.paymentMethods.attach(`pm_card_${card}`, { customer });
  return pay(card, { customer, payment_method: method, ...fields });
};

walk("3-D Secure", [
  ["asks before a payment", () => as("asked", pay("authenticationRequired")), asksOnly],
  ["pays once it is done", () => authenticate(of("asked"), "succeed"), { status: "succeeded" }],
  ["asks before a setup", () => setUp("authenticationRequired"), { status: "requires_action" }],
  ["declines off session", () => saved("authenticationRequired", { off_session: true }), offSession],
  ["asks again", () => as("again", pay("authenticationRequired")), asksOnly],
  [
    "pays nothing if the holder fails it",
    () => authenticate(of("again"), "fail"),
    {
      status: "requires_payment_method",
      last_payment_error: {
        code: "payment_intent_authentication_failure",
        message:
          "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
        type: "invalid_request_error",
      },
    },
  ],
  [
    "leaves a subscription incomplete, and its first payment untried",
    () => subscribe("pm_card_authenticationRequired"),
    {
      status: "incomplete",
      latest_invoice: {
        attempt_count: 0,
        attempted: true,
        next_payment_attempt: null,
        payments: { data: [{ amount_requested: 2000, status: "open" }] },
        status: "open",
      },
    },
  ],
  ["is asked of a card once: on set up", () => pay("authenticationRequiredOnSetup"), asksOnly],
  [
    "declines a card off session that was never set up",
    () => saved("authenticationRequiredOnSetup", { off_session: true }),
    offSession,
  ],
  ["counts as done for one card", () => attach("pm_card_authenticationRequiredSetupForOffSession"), {}],
  [
    "lets that card pay off session",
    () => saved("authenticationRequiredSetupForOffSession", { off_session: true }),
    { status: "succeeded" },
  ],
  [
    "is asked before a card without funds",
    () => as("poor", pay("authenticationRequiredChargeDeclinedInsufficientFunds")),
    asksOnly,
  ],
  [
    "helps nothing then",
    () => authenticate(of("poor"), "succeed"),
    {
      status: "requires_payment_method",
      last_payment_error: { code: "card_declined", decline_code: "insufficient_funds" },
    },
  ],
  ["2 is asked", () => pay("threeDSecure2Required"), asksOnly],
  [
    "is asked before another decline",
    () => as("refused", pay("threeDSecureRequiredChargeDeclined")),
    asksOnly,
  ],
  [
    "which comes all the same",
    () => authenticate(of("refused"), "succeed"),
    { status: "requires_payment_method", last_payment_error: { decline_code: "generic_decline" } },
  ],
  ["is not asked where a card may do without", () => pay("threeDSecureOptional"), { status: "succeeded" }],
]);

const highest = {
  network_status: "not_sent_to_network",
  reason: "highest_risk_level",
  risk_level: "highest",
  seller_message: "Stripe blocked this payment as too risky.",
  type: "blocked",
};

walk("risk and checks", [
  ["a payment that is blocked", () => pay("radarBlock"), declined("fraudulent")],
  [
    "never reached its issuer",
    async () => (await stripe.charges.list({ limit: 1 })).data[0],
    { failure_code: "card_declined", outcome: highest, paid: false, status: "failed" },
  ],
  [
    "one of the highest risk goes through where no rule stops it",
    () => pay("riskLevelHighest"),
    paid({ last4: "4954" }, { ...authorized, risk_level: "highest" }),
  ],
  [
    "one of an elevated risk",
    () => pay("riskLevelElevated"),
    paid({ last4: "9235" }, { ...authorized, risk_level: "elevated" }),
  ],
  [
    "a code that is wrong and paid all the same",
    () => pay("cvcCheckFail"),
    paid({ checks: { cvc_check: "fail" }, last4: "0101" }),
  ],
  [
    "an American card has no 3-D Secure of its own",
    () => pay("amex"),
    paid({ three_d_secure: null, brand: "amex" }),
  ],
]);

walk("what comes after a payment", [
  [
    "it is disputed as fraud",
    async () => {
      const intent = await as("disputed", pay("createDispute"));
      id("charge", (intent.latest_charge as Stripe.Charge).id);
      return (await stripe.disputes.list({ limit: 1 })).data[0];
    },
    {
      amount: 1000,
      currency: "usd",
      is_charge_refundable: false,
      payment_method_details: {
        card: { brand: "visa", case_type: "chargeback", network_reason_code: "10.4" },
        type: "card",
      },
      reason: "fraudulent",
      status: "needs_response",
    },
  ],
  [
    "and can't be given back",
    () => stripe.refunds.create({ charge: of("charge") }),
    {
      status: 400,
      code: "charge_disputed",
      message: "Charge ch_x has been charged back; cannot issue a refund.",
    },
  ],
  [
    "it is disputed because nothing came",
    async () => {
      await pay("createDisputeProductNotReceived");
      return (await stripe.disputes.list({ limit: 1 })).data[0];
    },
    {
      payment_method_details: { card: { case_type: "chargeback", network_reason_code: "13.1" } },
      reason: "product_not_received",
      status: "needs_response",
    },
  ],
  [
    "it is asked about",
    async () => {
      await pay("createDisputeInquiry");
      return (await stripe.disputes.list({ limit: 1 })).data[0];
    },
    {
      balance_transactions: [],
      is_charge_refundable: true,
      payment_method_details: { card: { case_type: "inquiry", network_reason_code: "10" } },
      status: "warning_needs_response",
    },
  ],
  [
    "its refund is on its way",
    async () => stripe.refunds.create({ payment_intent: (await pay("pendingRefund")).id }),
    { amount: 1000, status: "pending" },
  ],
  [
    "its refund will fail later",
    async () => stripe.refunds.create({ payment_intent: (await pay("refundFail")).id }),
    { amount: 1000, status: "succeeded" },
  ],
]);

const typed = { exp_month: 12, exp_year: 2040, cvc: "123" };

walk("a typed card", [
  [
    "of a wrong number",
    () => stripe.paymentMethods.create({ type: "card", card: { ...typed, number: "4242424242424241" } }),
    {
      status: 402,
      code: "incorrect_number",
      message: "Your card number is incorrect.",
      param: "number",
    },
  ],
  [
    "of a token",
    () => stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } }),
    {
      allow_redisplay: "unspecified",
      card: {
        brand: "visa",
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "unchecked" },
        country: "US",
        exp_month: 1,
        exp_year: 2028,
        funding: "credit",
        last4: "4242",
      },
      customer: null,
      type: "card",
    },
  ],
]);
