import type { Catalog } from "../catalog/catalog.js";
import type { CheckoutKind, ContentSecurity } from "./content-security.js";
import type { ProviderCatalog } from "./provider-catalog.js";
import type { ProviderCharges } from "./provider-charges.js";
import type { ProviderCheckouts } from "./provider-checkout.js";
import type { ProviderCredit } from "./provider-credit.js";
import type { ProviderCustomers } from "./provider-customers.js";
import type { ProviderDisputes } from "./provider-disputes.js";
import type { ProviderEvents } from "./provider-events.js";
import type { ProviderInvoices } from "./provider-invoices.js";
import type { ProviderManagement } from "./provider-management.js";
import type { ProviderPaymentMethods } from "./provider-payment-methods.js";
import type { ProviderRefunds } from "./provider-refunds.js";
import type { ProviderSubscriptions } from "./provider-subscriptions.js";
import type { ProviderUsage } from "./provider-usage.js";

/**
 * A payment provider: everything that Tollgate asks of Stripe, Paddle and the like, and what each of them can do. What it
 * can't do is never offered to a customer, and asking for it all the same answers `not_supported`.
 *
 * Methods use our words; ids that start with `provider` are the provider's own. Each throws BillingError
 * `provider_unavailable` (try again: network, rate limit, the provider's 5xx), `provider_rejected` (it said no) or
 * `provider_forbidden` (to this key), never the provider's own text. What takes an `idempotencyKey` throws
 * `answer_repeated` where the provider only repeats a failure that it stored for that key: the same call with another key
 * can succeed. A missing answer never causes it.
 */
export interface BillingProvider {
  /** The name in `/webhook/:provider` and in stored records. */
  readonly id: string;

  /** Whether the credentials are for test mode: production refuses those. `unknown` where that can't be told. */
  readonly mode: "test" | "live" | "unknown";

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
   * What is wrong with the credentials that were given, for production, which refuses them: published, too weak, or of
   * an unrecognisable kind. Each is the end of a sentence that begins with "The provider", and none contains a
   * credential. Empty: nothing is.
   */
  readonly unfit: readonly string[];

  /**
   * The most requests per second that long-running work sends. What a person waits for is not held back, so this stays
   * well below the provider's own limit.
   */
  readonly requestsPerSecond: number;

  /**
   * The same provider for an app of this name: its name goes into everything that it creates, and whatever carries
   * another app's is foreign to it. Until then the provider is the default app's.
   */
  forApp(app: string): BillingProvider;

  /**
   * The same provider for this catalog, with which its options are checked: they say which prices that somebody made at
   * the provider are what. Absent: they say nothing about the catalog.
   *
   * @throws BillingError `invalid_options` where they name what the catalog does not have
   */
  forCatalog?(catalog: Catalog): BillingProvider;

  readonly catalog: ProviderCatalog;
  readonly customers: ProviderCustomers;
  readonly checkout: ProviderCheckouts;
  readonly manage: ProviderManagement;
  readonly subscriptions: ProviderSubscriptions;
  /** Absent: it gives nothing back by itself, and says nothing of what was. */
  readonly refunds?: ProviderRefunds;
  /** What customers were billed. Absent: only the provider's own pages show that. */
  readonly invoices?: ProviderInvoices;
  /** What customers have on file. Absent: only the provider's own pages show that. */
  readonly paymentMethods?: ProviderPaymentMethods;
  /** Absent: it says nothing of contested payments, or settles them by itself. */
  readonly disputes?: ProviderDisputes;
  /** What customers have to their credit. Absent: it keeps none. */
  readonly credit?: ProviderCredit;
  /** Charges for what is in no catalog. Absent: it can't be told to charge. */
  readonly charges?: ProviderCharges;
  /** Absent: it bills no use. */
  readonly usage?: ProviderUsage;
  readonly events: ProviderEvents;

  /**
   * What in the provider's account keeps it from doing what its options ask, such as taxes that are never collected, each
   * in words for an operator. A key that may not look is one of them. Absent: there is nothing to look for.
   */
  findMisconfigurations?(): Promise<readonly string[]>;

  /**
   * The same for what can't be looked for: what the provider refused for a reason in the account, the last time that it
   * mattered to this instance. Makes no request. Absent: there is nothing of the kind.
   */
  knownMisconfigurations?(): readonly string[];

  /** What a page's Content-Security-Policy must allow for this kind of checkout. Makes no request. */
  contentSecurity(kind: CheckoutKind): ContentSecurity;
}
