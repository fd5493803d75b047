import type { Catalog } from "../catalog/catalog.js";
import type { BillingEvent, EventClock } from "../language/billing-event.js";
import type { Money } from "../language/money.js";
import type { OwnerStamp } from "../language/ownership.js";
import type { ProviderRead } from "../language/provider-read.js";
import type { ProviderSubscription } from "../language/subscription.js";
import type { PortalAbility } from "../portal/portal-ability.js";
import type { CatalogChange, CatalogPush } from "./catalog-push.js";
import type { CheckoutKind, ContentSecurity } from "./content-security.js";
import type { CreateCheckoutInput, ProviderCheckout } from "./provider-checkout.js";
import type { ProviderTruth } from "./provider-truth.js";
import type { WebhookEndpoint } from "./webhook-endpoint.js";

/** A customer as the provider reports it. */
export interface ProviderCustomer {
  readonly providerCustomerId: string;
  /** The app's own id, from what `createCustomer` left there; `null` for one that we did not make. */
  readonly customerId: string | null;
  /** What it says about whose it is. */
  readonly stamp: OwnerStamp;
  readonly email: string | null;
  /** Somebody may have written it by hand, so any key may be there. Made without a prototype. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Deleted at the provider: nothing can be sold to it any more. */
  readonly deleted: boolean;
}

/** What the portal opens with; absent: its start page. */
export type PortalFlow =
  | { readonly type: "update_payment_method" }
  | { readonly type: "cancel"; readonly subscriptionId: string }
  | { readonly type: "switch_plan"; readonly subscriptionId: string };

/**
 * A payment provider: everything that Tollgate asks of Stripe, Paddle and the like. Methods use our words; ids that
 * start with `provider` are the provider's own. Each throws BillingError `provider_unavailable` (try again: network,
 * rate limit, the provider's 5xx), `provider_rejected` (it said no) or `provider_forbidden` (to this key), never the
 * provider's own text. What takes an `idempotencyKey` throws `answer_repeated` where the provider only repeats a
 * failure that it stored for that key: the same call with another key can succeed. A missing answer never causes it.
 */
export interface BillingProvider extends ProviderTruth {
  /** The name in `/webhook/:provider` and in stored records. */
  readonly id: string;

  /** Whether the credentials are for test mode: production refuses those. `unknown` where that can't be told. */
  readonly mode: "test" | "live" | "unknown";

  /** How fine its times of events are: two that are closer than that have no order, and the object is read again. */
  readonly eventClock: EventClock;

  /** What customers may do on the provider's own pages; nothing else is offered to them. */
  readonly portal: PortalAbility;

  /**
   * The credentials that were not given, by the names of the provider's options; empty: none is missing. A
   * provider can be made without them, because builds have no secrets: production refuses at the first use,
   * and development when one is needed.
   */
  readonly missing: readonly string[];

  /**
   * The environment variables that options come from when they are not given, by option, for messages that say what to
   * set. Absent: the options come from nowhere else.
   */
  readonly variables?: Readonly<Record<string, string>>;

  /**
   * Whether another one opens the same account, as far as that can be told without asking: of two in one list,
   * everything would be heard twice, and each subscription look like a second one. Absent: it can't be told.
   */
  sharesAccountWith?(other: BillingProvider): boolean;

  /**
   * The same provider for an app of this name: its name goes into everything that it creates, and whatever carries
   * another app's is foreign to it. Until then the provider is the default app's.
   */
  forApp(app: string): BillingProvider;

  /**
   * What is wrong with the credentials that were given, for production, which refuses them: published, too weak, or of
   * an unrecognisable kind. Each is the end of a sentence that begins with "The provider", and none contains a
   * credential. Empty: nothing is.
   */
  readonly unfit: readonly string[];

  /**
   * Creates the customer. The same `idempotencyKey` gives the same one, even when called at once from two processes,
   * and even with another email or name: `updateCustomer` is called afterwards, so this method may leave those to it.
   */
  createCustomer(input: {
    readonly customerId: string;
    readonly email: string | null;
    readonly name: string | null;
    /** The installation id of our database, left on the customer. */
    readonly database: string;
    readonly idempotencyKey: string;
  }): Promise<{ readonly providerCustomerId: string }>;
  /**
   * Gives the customer this email and name; `null` leaves what is there, and so does what is refused: an odd address
   * must not keep anybody from paying.
   *
   * @returns which of them the provider would not take
   * @throws BillingError `customer_missing` when it was deleted.
   */
  updateCustomer(input: {
    readonly providerCustomerId: string;
    readonly email: string | null;
    readonly name: string | null;
  }): Promise<{ readonly refused: readonly ("email" | "name")[] }>;
  /** `null` when there never was such a customer. */
  readCustomer(providerCustomerId: string): Promise<ProviderCustomer | null>;
  /**
   * The customers of exactly this address, the newest first, and no more of them than a person may wait for. An address
   * does not say whose they are: whoever pays may enter any.
   */
  findCustomersByEmail(email: string): Promise<readonly ProviderCustomer[]>;
  /**
   * Leaves our app's name and database on a customer and, if given one, on a subscription of theirs. One that was
   * deleted stays as it is.
   */
  claimCustomer(input: {
    readonly customerId: string;
    readonly providerCustomerId: string;
    readonly subscriptionId: string | null;
    readonly database: string;
  }): Promise<void>;

  /**
   * Opens a hosted checkout.
   *
   * @throws BillingError `price_not_pushed` when the price does not exist at the provider yet, `customer_missing` when
   * the customer was deleted; and, for what the provider would not sell, where that could not be known before:
   * `currency_conflict` (its details name the `required` currency), `amount_too_small`, `too_many_subscriptions`.
   */
  createCheckout(input: CreateCheckoutInput, catalog: Catalog): Promise<ProviderCheckout>;
  /** `null` when there is no such checkout. */
  readCheckout(checkoutId: string): Promise<ProviderCheckout | null>;
  /** Closes an open checkout; one that is complete or expired already stays as it is. */
  expireCheckout(checkoutId: string): Promise<void>;

  /**
   * Opens the provider's own billing pages for a customer. They offer what `listPortalOffers` says, so that nothing
   * that a checkout would refuse can be had there; while a change waits for the period's end they open at their start
   * page, where it can be undone.
   *
   * @param input.returnUrl absolute
   * @throws BillingError `customer_missing` when the customer was deleted; `nothing_to_manage` when the
   * subscription can't be switched there; `price_not_pushed` when what it could be switched to does not exist
   * at the provider yet.
   */
  createPortal(
    input: {
      readonly providerCustomerId: string;
      readonly returnUrl: string;
      readonly flow?: PortalFlow;
    },
    catalog: Catalog,
  ): Promise<{ readonly url: string }>;

  /** `null` when there is no such subscription; `"foreign"` when no line of it is in our catalog. */
  readSubscription(
    subscriptionId: string,
  ): Promise<ProviderRead<ProviderSubscription | "foreign" | null> & { readonly stamp?: OwnerStamp | null }>;
  /**
   * Ends a subscription at once; with `refund` everything that was paid for it is refunded, less what was refunded
   * before. Called again (with the same key, after a crash between any two steps) it does what is left, never twice,
   * and gives the same answer. One that has already ended stays so.
   *
   * @returns what was refunded; `null` when no refund was asked for, or nothing was paid
   */
  cancelSubscription(input: {
    readonly subscriptionId: string;
    readonly refund: boolean;
    readonly idempotencyKey: string;
  }): Promise<{ readonly refunded: Money | null }>;

  /**
   * Checks what the headers of a delivery alone can show, before its body is read: that there is a signature of the
   * right shape, made at about this time. Makes no request.
   *
   * @param input.now The machine's time, whatever clock the app has for its business.
   * @throws BillingError `missing_signature`, `invalid_signature`, `stale_signature`, `invalid_options` (no
   * secret to verify with)
   */
  verifyHeaders(input: { readonly headers: Headers; readonly now: Date }): void;

  /**
   * Verifies the signature over exactly the bytes that arrived, then turns the delivery into neutral events, each with
   * its own id that is the same at each delivery: none for a type that means nothing to us, several where one reports
   * several facts (`<id>#payment`), `unreadable` for one whose object is not what it should be.
   *
   * @param input.now The machine's time, whatever clock the app has for its business.
   * @throws BillingError `missing_signature`, `invalid_signature`, `stale_signature` (too old, or from the
   * future), `invalid_event` (signed, but not an event), `invalid_options` (no secret to verify with).
   */
  receiveEvents(input: {
    readonly body: Uint8Array;
    readonly headers: Headers;
    readonly now: Date;
  }): Promise<readonly BillingEvent[]>;

  /**
   * Creates or updates products and prices so that the provider has what the catalog says. Prices are
   * found by lookup key. An amount that changed becomes a new price; those who bought the old one keep it.
   *
   * What is refused does not hold up the rest: its change is `failed`.
   *
   * @throws BillingError `catalog_of_another_database`, before anything is changed; `provider_unavailable` and
   * `provider_rejected` where nothing can get through
   */
  pushCatalog(catalog: Catalog, push: CatalogPush): Promise<readonly CatalogChange[]>;
  /** The database that pushed our app's catalog; `null`: none did, or one that left no name. */
  findCatalogOwner(): Promise<string | null>;

  /**
   * The endpoints at the provider that send to an address, whatever events they receive. Absent: the provider can't
   * tell.
   *
   * @throws BillingError `provider_unavailable`; `provider_forbidden` when the key may not look
   */
  findWebhookEndpoints?(url: string): Promise<readonly WebhookEndpoint[]>;

  /** What a page's Content-Security-Policy must allow for this kind of checkout. Makes no request. */
  contentSecurity(kind: CheckoutKind): ContentSecurity;
}
