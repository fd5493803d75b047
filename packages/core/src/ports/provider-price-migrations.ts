import type { Catalog } from "../catalog/catalog.js";
import type { ChangeTarget } from "../change/change.js";
import type { Currency } from "../language/money.js";
import type { IsoTime } from "../language/time.js";
import type { ProviderPage, SubscriptionRef } from "./provider-subscriptions.js";

/** A running subscription as the provider bills it at a price. */
export interface BilledAtPrice {
  readonly subscriptionId: string;
  readonly quantity: number;
  readonly currency: Currency;
  /** For one interval, in minor units, before discounts and taxes; `null` where the provider's list doesn't say. */
  readonly total: number | null;
  /** Whether a schedule that we did not make holds it. */
  readonly isHeld: boolean;
}

/** One subscription that is to be billed by another price. */
export interface PriceMove {
  readonly subscription: SubscriptionRef;
  /** The provider's ids of the price that it has, and of the one that it gets. */
  readonly fromPriceId: string;
  readonly toPriceId: string;
  readonly to: Omit<ChangeTarget, "priceId" | "addOns">;
  /** When it renews: the first time at the new price. */
  readonly renewsAt: IsoTime;
  /** The installation id of our database. */
  readonly database: string;
}

/** What a provider can do about moving many to another price. */
export interface ProviderPriceMigrations {
  /**
   * The provider's id of the price that is sold today.
   *
   * @throws BillingError `price_not_pushed`, `price_not_mapped`, `catalog_of_another_database`
   */
  findPrice(
    target: Omit<ChangeTarget, "priceId" | "addOns"> & { readonly database: string },
    catalog: Catalog,
  ): Promise<string>;
  /** Everything that runs and is billed at a price, ours or not, many at a time. */
  listBilled(input: {
    readonly priceId: string;
    readonly after: string | null;
  }): Promise<ProviderPage<BilledAtPrice>>;
  /**
   * Has a line billed by another price from the next renewal on: the running period costs what it did, and nothing is
   * invoiced for it. Seats, discounts and other lines stay. Done again it changes nothing.
   *
   * @throws BillingError `foreign_schedule`; `preview_outdated`: it renews at another time, has another price by now, or a
   * change of it waits for its payment; `subscription_ended`
   */
  move(move: PriceMove & { readonly idempotencyKey: string }, catalog: Catalog): Promise<void>;
}
