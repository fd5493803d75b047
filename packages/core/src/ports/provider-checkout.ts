import type { Catalog } from "../catalog/catalog.js";
import type { SoldModel } from "../catalog/sold-models.js";
import type { CheckoutOffer } from "../checkout/decide-checkout.js";
import type { Agreement } from "../language/consent.js";
import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";
import type { Promotion } from "../promotions/promotion-code.js";
import type { CheckoutKind } from "./content-security.js";
import type { ProviderPromotions } from "./provider-promotions.js";

/** What a checkout is opened with: an offer from `decideCheckout`, never what a browser sent. */
export interface OpenCheckoutInput {
  readonly offer: CheckoutOffer;
  /** One of the provider's `kinds`. @default the first */
  readonly kind?: CheckoutKind;
  readonly customerId: string;
  /** `null` where the checkout makes the customer, and this one has none yet. */
  readonly providerCustomerId: string | null;
  /** The code that is applied, as `decidePromotion` has it. @default none */
  readonly promotion?: Promotion | null;
  /** Whether people may type a code on the provider's page; never together with `promotion`. @default false */
  readonly codesOnPage?: boolean;
  /** The installation id of our database, left on what is created. */
  readonly database: string;
  /** Absolute; `{CHECKOUT_ID}` stands where the checkout's id goes. */
  readonly successUrl: string;
  /** Absolute. */
  readonly cancelUrl: string;
  /**
   * Names the checkout, and is left in it where nothing else would find it again. Where the provider is `idempotent`, the
   * same key with the same input gives the same checkout, also across processes.
   */
  readonly idempotencyKey: string;
}

/** A checkout as the provider reports it. */
export interface ProviderCheckout {
  /** What `read` finds it by: the provider's own id or, where that leads to nothing, the key that was left in it. */
  readonly id: string;
  /** `null` also when that customer was deleted, or nobody has paid and so become one. */
  readonly providerCustomerId: string | null;
  readonly status: "open" | "complete" | "expired";
  /**
   * `processing`: complete, and the money is on its way (bank debits). `failed`: complete, but the money did not
   * arrive.
   */
  readonly payment: "paid" | "unpaid" | "processing" | "failed" | "not_required";
  /**
   * Where the person pays; `null` unless open, and for what is shown on a page of the app. For an overlay: a page that opens
   * it, so that there is always somewhere to send the person.
   */
  readonly url: string | null;
  /** What a page of the app shows it with, while it is open; it lets pay and nothing else. @default none */
  readonly clientSecret?: string | null;
  /** `null`: it stays open until it is paid or closed. */
  readonly expiresAt: IsoTime | null;
  readonly subscriptionId: string | null;
  /** What it buys once; `null` when it is a plan. */
  readonly product: CheckoutProduct | null;
  /** What a complete one that buys nothing has saved, for a customer to pay with later. @default it saved none so */
  readonly paymentMethodId?: string | null;
  /** What was agreed to in a complete one. @default nothing was asked */
  readonly agreed?: Agreement | null;
}

/** What a checkout buys once. */
export interface CheckoutProduct {
  readonly productId: string;
  readonly quantity: number;
  /** For all of it, in minor units. */
  readonly amount: number;
  readonly currency: Currency;
}

/** What a provider can do about selling. */
export interface ProviderCheckouts {
  /** Which kinds there are; the first is opened where none is asked for. */
  readonly kinds: readonly [CheckoutKind, ...CheckoutKind[]];
  /**
   * Whether a checkout decides if there is a free trial and how long it is, or whether the price does: then the offer's
   * trial chooses between two prices. `none`: there are no trials.
   */
  readonly trials: "per_checkout" | "per_price" | "none";
  /** Whether a trial can begin without a payment method, and pause or end without one. @default false */
  readonly trialsWithoutCard?: boolean;
  /**
   * How what it sells may be priced. A catalog with a plan that is priced in another way is refused when the app starts.
   * @default flat, and per seat
   */
  readonly models?: readonly SoldModel[];
  /** Whether something can be bought once. */
  readonly products: boolean;
  /** Whether add-ons can be bought with a plan. @default false */
  readonly addOns?: boolean;
  /** Whether one that nobody pays ends by itself. */
  readonly expires: boolean;
  /** Whether the same key opens the same checkout. */
  readonly idempotent: boolean;
  /**
   * What its checkouts ask for besides the money, in short, where its options say so: one that was opened under other
   * terms is not opened again. Absent: nothing.
   */
  readonly terms?: string | undefined;
  /** Absent: there are no promotion codes. */
  readonly promotions?: ProviderPromotions;

  /**
   * Opens a checkout of a kind. It sells exactly what the offer says, trial or none, or refuses.
   *
   * @throws BillingError `price_not_pushed` when the price does not exist at the provider yet, `price_not_mapped` when no
   * id was given for it, or none with (or without) the trial; `customer_missing` when the customer was deleted; and, for
   * what the provider would not sell, where that could not be known before: `currency_conflict` (its details name the
   * `required` currency), `amount_too_small`, `too_many_subscriptions`, `promotion_code_refused`.
   */
  open(input: OpenCheckoutInput, catalog: Catalog): Promise<ProviderCheckout>;
  /** `null` when there is no such checkout. */
  read(checkoutId: string): Promise<ProviderCheckout | null>;
  /**
   * Closes an open checkout; one that is complete or expired already stays as it is. Absent: an open one may be paid at
   * any time, for as long as it is open.
   */
  close?(checkoutId: string): Promise<void>;
}
