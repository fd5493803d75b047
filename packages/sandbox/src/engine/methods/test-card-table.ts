import type { CardAnswer, CardBehaviour } from "./card-behaviour.js";

/** A published test card: its number, brand and Stripe's names for it (`pm_card_…`, `tok_…`). */
export type TestCardRow = {
  number: string;
  brand: string;
  names: readonly string[];
  funding?: "debit" | "prepaid";
  country?: string;
  behaviour: CardBehaviour;
};

type Rest = Omit<TestCardRow, "behaviour" | "brand" | "names" | "number">;

/** What a special Visa card is called with its brand and without it: `tok_visa_createDispute`, `tok_createDispute`. */
const bothWays = (names: string): string[] => names.split(" ").flatMap((name) => [name, `visa_${name}`]);

const pays = (number: string, brand: string, names: string, rest: Rest = {}): TestCardRow => ({
  number,
  brand,
  names: names.split(" "),
  behaviour: { onSetup: "ok", onCharge: "ok" },
  ...rest,
});

const answers = (
  number: string,
  names: string,
  onSetup: CardAnswer,
  onCharge: CardAnswer,
  more: Partial<CardBehaviour> = {},
): TestCardRow => ({
  number,
  brand: "visa",
  names: bothWays(names),
  behaviour: { onSetup, onCharge, ...more },
});

/** Pays without 3-D Secure, unless the request asks for it. */
const optional = (
  number: string,
  name: string,
  onRequest: NonNullable<CardBehaviour["onRequest"]>,
): TestCardRow => ({
  ...pays(number, "visa", name),
  behaviour: { onSetup: "ok", onCharge: "ok", onRequest },
});

const declines = (number: string, names: string, answer: CardAnswer): TestCardRow =>
  answers(number, names, answer, answer);

const then = (number: string, names: string, more: Partial<CardBehaviour>): TestCardRow =>
  answers(number, names, "ok", "ok", more);

const asks = (number: string, names: string, more: Partial<CardBehaviour> = {}): TestCardRow =>
  answers(number, names, "requires_action", "requires_action", more);

// https://docs.stripe.com/testing
const brands = [
  pays("4242424242424242", "visa", "visa us"),
  pays("4000056655665556", "visa", "visa_debit", { funding: "debit" }),
  pays("5555555555554444", "mastercard", "mastercard"),
  pays("2223003122003222", "mastercard", "mastercard_2series"),
  pays("5200828282828210", "mastercard", "mastercard_debit", { funding: "debit" }),
  pays("5105105105105100", "mastercard", "mastercard_prepaid", { funding: "prepaid" }),
  pays("378282246310005", "amex", "amex"),
  pays("371449635398431", "amex", "amex_2"),
  pays("6011111111111117", "discover", "discover"),
  pays("6011000990139424", "discover", "discover_2"),
  pays("6011981111111113", "discover", "discover_debit", { funding: "debit" }),
  pays("3056930009020004", "diners", "diners"),
  pays("36227206271667", "diners", "diners_14digits"),
  pays("3566002020360505", "jcb", "jcb"),
  pays("6200000000000005", "unionpay", "unionpay"),
  pays("6200000000000047", "unionpay", "unionpay_debit", { funding: "debit" }),
  pays("6205500000000000004", "unionpay", "unionpay_19digits"),
];

const countries = [
  pays("4000000760000002", "visa", "br", { country: "BR" }),
  pays("4000001240000000", "visa", "ca", { country: "CA" }),
  pays("4000004840008001", "visa", "mx", { country: "MX" }),
  pays("4000000400000008", "visa", "at", { country: "AT" }),
  pays("4000000560000004", "visa", "be", { country: "BE" }),
  pays("4000002080000001", "visa", "dk", { country: "DK" }),
  pays("4000002460000001", "visa", "fi", { country: "FI" }),
  pays("4000002500000003", "visa", "fr", { country: "FR" }),
  pays("4000002760000016", "visa", "de", { country: "DE" }),
  pays("4000003720000005", "visa", "ie", { country: "IE" }),
  pays("4000003800000008", "visa", "it", { country: "IT" }),
  pays("4000005280000002", "visa", "nl", { country: "NL" }),
  pays("4000006160000005", "visa", "pl", { country: "PL" }),
  pays("4000006200000007", "visa", "pt", { country: "PT" }),
  pays("4000007240000007", "visa", "es", { country: "ES" }),
  pays("4000007520000008", "visa", "se", { country: "SE" }),
  pays("4000007560000009", "visa", "ch", { country: "CH" }),
  pays("4000008260000000", "visa", "gb", { country: "GB" }),
  pays("4000000360000006", "visa", "au", { country: "AU" }),
  pays("4000003560000008", "visa", "in", { country: "IN" }),
  pays("4000003920000003", "visa", "jp", { country: "JP" }),
  pays("4000007020000003", "visa", "sg", { country: "SG" }),
];

const refused = [
  declines("4000000000000002", "chargeDeclined", "generic_decline"),
  declines("4000000000009995", "chargeDeclinedInsufficientFunds", "insufficient_funds"),
  declines("4000000000009987", "chargeDeclinedLostCard", "lost_card"),
  declines("4000000000009979", "chargeDeclinedStolenCard", "stolen_card"),
  declines("4000000000000069", "chargeDeclinedExpiredCard", "expired_card"),
  declines("4000000000000127", "chargeDeclinedIncorrectCvc", "incorrect_cvc"),
  declines("4000000000000119", "chargeDeclinedProcessingError", "processing_error"),
  declines("4000000000006975", "chargeDeclinedVelocityLimitExceeded", "card_velocity_exceeded"),
  answers("4000000000000341", "chargeCustomerFail", "ok", "generic_decline"),
];

const checked = [
  answers("4100000000000019", "radarBlock", "ok", "fraudulent", { risk: "highest" }),
  then("4000000000004954", "riskLevelHighest", { risk: "highest" }),
  then("4000000000009235", "riskLevelElevated", { risk: "elevated" }),
  answers("4000000000000101", "cvcCheckFail", "incorrect_cvc", "ok", { checks: { cvc: "fail" } }),
  then("4000000000000036", "avsZipFail", { checks: { postal: "fail" } }),
  then("4000000000000028", "avsLine1Fail", { checks: { line1: "fail" } }),
  then("4000000000000010", "avsFail", { checks: { line1: "fail", postal: "fail" } }),
  then("4000000000000044", "avsUnchecked", { checks: { line1: "unavailable", postal: "unavailable" } }),
];

const aftermaths = [
  then("4000000000000259", "createDispute", { aftermath: "dispute_fraudulent" }),
  then("4000000000002685", "createDisputeProductNotReceived", { aftermath: "dispute_product_not_received" }),
  then("4000000000001976", "createDisputeInquiry", { aftermath: "dispute_inquiry" }),
  then("4000000000005423", "createIssuerFraudRecord", { aftermath: "early_fraud_warning" }),
  then("4000000000007726", "pendingRefund", { aftermath: "refund_pending" }),
  then("4000000000005126", "refundFail", { aftermath: "refund_fails" }),
  then("4000000000000077", "bypassPending", { aftermath: "bypass_pending" }),
  {
    ...then("4000003720000278", "bypassPendingInternational", { aftermath: "bypass_pending" }),
    country: "IE",
  },
];

// https://docs.stripe.com/testing#three-ds-cards
const threeDSecure = [
  asks("4000002500003155", "authenticationRequiredOnSetup", { remembers: true, asksPresent: true }),
  asks("4000002760003184", "authenticationRequired"),
  answers("4000003800000446", "authenticationRequiredSetupForOffSession", "requires_action", "ok", {
    asksPresent: true,
  }),
  asks("4000008260003178", "authenticationRequiredChargeDeclinedInsufficientFunds", {
    afterAuthentication: "insufficient_funds",
  }),
  { ...asks("4000000000003220", "threeDSecure2Required"), country: "IE" },
  asks("4000000000003063", "threeDSecureRequired"),
  asks("4000008400001629", "threeDSecureRequiredChargeDeclined", { afterAuthentication: "generic_decline" }),
  declines("4000008400001280", "threeDSecureRequiredProcessingError", "processing_error"),
  optional("4000000000003055", "threeDSecureOptional", "requires_action"),
  optional("4000000000003097", "threeDSecureOptionalProcessingError", "processing_error"),
];

/** Every card that the sandbox knows; any other number is refused. */
export const testCardTable: readonly TestCardRow[] = [
  ...brands,
  ...countries,
  ...refused,
  ...checked,
  ...aftermaths,
  ...threeDSecure,
];
