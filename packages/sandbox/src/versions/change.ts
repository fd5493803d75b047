import type {
  Charge,
  CheckoutSession,
  CreditNote,
  CreditNoteLine,
  Discount,
  Dispute,
  Invoice,
  InvoiceItem,
  InvoiceLine,
  PaymentIntent,
  Plan,
  Price,
  Product,
  PromotionCode,
  Subscription,
  SubscriptionSchedule,
} from "../engine/world/wire.js";
import type { World } from "../engine/world/world.js";

/** Parameters as they came over the wire, or an object of an answer. */
export type Form = Record<string, unknown>;

type OlderRequest = {
  endpoints: readonly string[];
  /** The endpoints that take the old form without a version too, because Stripe's CLI sends none there. */
  unversioned?: readonly string[];
  /** What the old parameters are in the form that the change brought. */
  toNewer(given: Form, world: World): Form;
};

/** Objects by the `object` that they carry. */
type Kinds = {
  charge: Charge;
  "checkout.session": CheckoutSession;
  credit_note: CreditNote;
  credit_note_line_item: CreditNoteLine;
  discount: Discount;
  dispute: Dispute;
  invoice: Invoice;
  invoiceitem: InvoiceItem;
  line_item: InvoiceLine;
  payment_intent: PaymentIntent;
  plan: Plan;
  price: Price;
  product: Product;
  promotion_code: PromotionCode;
  subscription: Subscription;
  subscription_schedule: SubscriptionSchedule;
};

/** What an object had before a change, beside or in place of what it has by now. */
export type OlderAnswers = { [Kind in keyof Kinds]?: (object: Kinds[Kind], world: World) => Form };

/** One change that Stripe made to its API, and how versions before it are served. */
export type Change = {
  /** The version that brought it. */
  since: string;
  what: string;
  /** Stripe's own words about it. */
  link: string;
  requests?: readonly OlderRequest[];
  answers?: OlderAnswers;
  /** The properties that `expand` could name before it. */
  expands?: readonly string[];
  /** Types of events that it brought. */
  events?: readonly string[];
  /** Codes of refusals that it brought. */
  codes?: readonly string[];
};

export const isForm = (value: unknown): value is Form =>
  typeof value === "object" && value !== null && !Array.isArray(value);
