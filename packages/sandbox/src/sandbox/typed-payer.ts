import type { CheckoutPayer, TypedAddress } from "../engine/checkout/completing/checkout-payer.js";
import { numberOfToken } from "../engine/methods/test-cards.js";
import type { CheckoutSession } from "../engine/world/wire.js";

/** What else a payer types or chooses. */
export type PayOptions = {
  /**
   * A test card by its number (`4000 0000 0000 9995`) or by Stripe's name for it: `pm_card_visa`, `tok_visa`, or
   * `visa` alone.
   *
   * @default "4242 4242 4242 4242", which pays
   */
  card?: string;
  /** @default that of the session's customer, else "customer@example.com" */
  email?: string;
  /** @default "Test Customer" */
  name?: string;
  /** Where the session asks for it. @default "+15555550100" */
  phone?: string;
  /** For billing and shipping, where the session asks for them. @default one in a country that it takes */
  address?: TypedAddress;
  /** How many, where the page lets people choose. @default what the session says */
  quantity?: number;
  /** Answers to custom fields, by their keys. @default required ones get one that fits */
  answers?: Record<string, string>;
  /** How 3-D Secure ends where the card asks for it. @default "succeed" */
  authentication?: "succeed" | "fail";
};

/** The card that pays. */
const payingCard = "4242 4242 4242 4242";

/** The number of a card that is given by number or by name; throws for what is neither. */
const cardNumber = (card: string = payingCard): string => {
  const digits = card.replaceAll(/[\s-]/g, "");
  if (/^\d+$/.test(digits)) return digits;
  const number = numberOfToken(card) ?? numberOfToken(`pm_card_${card}`);
  if (number !== undefined) return number;
  throw new RangeError(
    `There is no test card ${card}: give its number, such as 4000 0000 0000 9995, or Stripe's name for it, such as ` +
      "pm_card_chargeDeclinedInsufficientFunds. https://docs.stripe.com/testing lists them.",
  );
};

type CustomField = CheckoutSession["custom_fields"][number];

/** The shortest answer that a question takes; an optional one is left alone. */
const answerTo = (field: CustomField): string => {
  if (field.optional) return "";
  const [first] = field.dropdown?.options ?? [];
  if (first) return field.dropdown?.default_value ?? first.value;
  const { minimum_length: least, default_value: preset } = field.numeric ?? field.text ?? {};
  return preset ?? (field.numeric ? "1" : "x").repeat(Math.max(1, least ?? 1));
};

const office = {
  country: "US",
  line1: "510 Townsend Street",
  city: "San Francisco",
  state: "CA",
  postal_code: "94103",
} satisfies TypedAddress;

/** An address in one of these countries. */
const addressIn = (countries: readonly string[]): TypedAddress => {
  const [country = office.country] = countries;
  return countries.includes(office.country)
    ? office
    : { country, line1: "1 Test Street", city: "Test City", postal_code: "10000" };
};

const addresses = (session: CheckoutSession, name: string, given: TypedAddress | undefined) => {
  const countries: string[] | undefined = session.shipping_address_collection?.allowed_countries;
  const asksForBilling = session.billing_address_collection === "required" || session.automatic_tax.enabled;
  const address = given ?? addressIn(countries ?? [office.country]);
  return {
    ...(countries ? { shipping: { name, address } } : {}),
    ...(asksForBilling ? { billingAddress: address } : {}),
  };
};

/** What a person types into a session's page: all that it asks for, with the given answers. */
export const typedPayer = (
  session: CheckoutSession,
  { email, now }: { email: string | undefined; now: Date },
  { name = "Test Customer", phone = "+15555550100", card, address, quantity, answers = {} }: PayOptions,
): CheckoutPayer => {
  const { individual, business } = session.name_collection ?? {};
  const own = session.custom_fields.map((field) => [field.key, answers[field.key] ?? answerTo(field)]);
  return {
    card: {
      number: cardNumber(card),
      exp_month: 12,
      exp_year: now.getUTCFullYear() + 5,
      cvc: "123",
    },
    email: email ?? session.customer_email ?? "customer@example.com",
    name,
    acceptsTerms: true,
    answers: Object.fromEntries(own),
    ...addresses(session, name, address),
    ...(session.phone_number_collection?.enabled ? { phone } : {}),
    ...(individual?.enabled && !individual.optional ? { individualName: name } : {}),
    ...(business?.enabled && !business.optional ? { businessName: name } : {}),
    ...(quantity === undefined ? {} : { quantity }),
  };
};
