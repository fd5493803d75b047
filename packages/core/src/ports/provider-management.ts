import type { Catalog } from "../catalog/catalog.js";
import type { Money } from "../language/money.js";
import type { CancelTime } from "../language/subscription.js";
import type { PortalAbility } from "../portal/portal-ability.js";
import type { ProviderChanges } from "./provider-changes.js";
import type { ProviderEndings } from "./provider-endings.js";
import type { ProviderPriceMigrations } from "./provider-price-migrations.js";
import type { SubscriptionRef } from "./provider-subscriptions.js";

/** What the portal opens with; absent: its start page. */
export type PortalFlow =
  | { readonly type: "update_payment_method" }
  | { readonly type: "cancel"; readonly subscriptionId: string }
  | { readonly type: "switch_plan"; readonly subscriptionId: string };

/** The provider's own billing pages: its start page, and what the abilities say. */
export interface ProviderPortal extends PortalAbility {
  /** Whether it opens where a card is replaced; otherwise that is found from its start page. */
  readonly updatesPaymentMethod: boolean;
  /**
   * Opens the pages for a customer. They offer what `listPortalOffers` says, so that nothing that a checkout would refuse
   * can be had there; while a change waits for the period's end they open at their start page, where it can be undone.
   *
   * @param input.returnUrl absolute
   * @throws BillingError `customer_missing` when the customer was deleted; `nothing_to_manage` when the
   * subscription can't be switched there; `price_not_pushed` when what it could be switched to does not exist
   * at the provider yet.
   */
  open(
    input: {
      readonly providerCustomerId: string;
      readonly returnUrl: string;
      readonly flow?: PortalFlow;
    },
    catalog: Catalog,
  ): Promise<{ readonly url: string }>;
}

/** What can be done about a subscription that there is. */
export interface ProviderManagement {
  /** What customers may do on the provider's own pages; nothing else is offered to them. `null`: it has none. */
  readonly portal: ProviderPortal | null;
  /** How a subscription becomes another plan, interval or number of seats by API. Absent: it doesn't. */
  readonly changes?: ProviderChanges;
  /** How many are moved to another price. Absent: nobody is. */
  readonly priceMigrations?: ProviderPriceMigrations;
  /** When a cancellation can take effect; empty: only somebody at the provider can cancel. */
  readonly cancels: readonly CancelTime[];
  /** Whether a refund is made at once, or asked for and maybe refused later; `null`: there are none by API. */
  readonly refunds: "done" | "pending" | null;
  /** What customers who leave, stay or pause can do from here. Absent: nothing, and asking for it is `not_supported`. */
  readonly endings?: ProviderEndings;
  /**
   * Ends a subscription, now or when what was paid for is used up; with `refund` everything that was paid for it is
   * refunded, less what was refunded before. Called again (with the same key, after a crash between any two steps) it does
   * what is left, never twice, and gives the same answer. One that has already ended stays so.
   *
   * @returns what was refunded, or is to be; `null` when no refund was asked for, or nothing was paid
   * @throws BillingError `not_supported` for what it doesn't claim to do
   */
  cancel(input: {
    readonly subscription: SubscriptionRef;
    readonly at: CancelTime;
    readonly refund: boolean;
    readonly idempotencyKey: string;
  }): Promise<{ readonly refunded: Money | null }>;
}
