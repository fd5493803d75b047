"use client";

import type { AccessState, Catalog, Currency, PlansDescription } from "@tollgate/core";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { createBillingClient } from "../client/billing-client.js";
import { BillingContext, type BillingContextValue } from "../session/billing-context.js";
import { useCheckoutReturnSnapshot } from "../session/checkout-return.js";
import type { Navigate } from "../session/leave-page.js";
import { refuseSecretKeys } from "../session/refuse-secret-keys.js";
import { useRevalidation } from "../session/use-revalidation.js";
import { useSession } from "../session/use-session.js";
import type { BillingMessagesInput } from "./components.js";

export interface BillingProviderProps<C extends Catalog = Catalog> {
  /**
   * Your catalog. With it, flat and per-seat prices are there at the first paint.
   * @default requested from the endpoint when a component needs it
   */
  readonly plans?: C;
  /** Where the server's handlers are mounted. @default "/api/billing" */
  readonly endpoint?: string;
  /**
   * What the server decided: `(await billing.access(request)).toJSON()`. With it, nothing is fetched when the page
   * opens and the first paint is right.
   * @default requested from the endpoint when a hook needs it
   */
  readonly initialAccess?: AccessState;
  /**
   * What the server describes: `describeForSale(plans)`, in the currency that is seen first. With it, the first paint is
   * right too where a plan has tiers, packages, a base or a price for use, of which `plans` alone is not enough.
   * @default requested from the endpoint when a component needs it
   */
  readonly initialPlans?: PlansDescription;
  /**
   * Your own id for whoever is signed in; `null` when nobody is. Everything known about one customer is dropped as soon
   * as it changes.
   * @default the customer of `initialAccess`
   */
  readonly customerId?: string | null;
  /**
   * Your own id for the person who is asking, where several act for one customer: what one may do is dropped as soon as
   * another signs in. It stays in the browser.
   * @default one person per customer; with `initialAccess`, those who may manage billing are told apart from those who
   * may not
   */
  readonly personId?: string | null;
  /** A BCP 47 tag for dates and money; the same on server and browser. @default "en" */
  readonly locale?: string;
  /** An ISO 4217 code in lower case. @default the catalog's first */
  readonly currency?: Currency;
  /** Sends the requests. @default the page's own `fetch` */
  readonly fetch?: typeof globalThis.fetch;
  /** Your own words for what the components say. @default English */
  readonly messages?: BillingMessagesInput;
  /** `pk_…`: needed by `PaymentForm` only. */
  readonly stripePublishableKey?: string;
  /** Where people sign in; the gate links there. */
  readonly signInUrl?: string;
  /**
   * Your page where a running subscription is changed: a plan that it can become, but not at the provider's portal, leads
   * there, with `?plan=pro`. @default such a plan can't be chosen, unless the table's `onSelect` does something
   */
  readonly changeUrl?: string;
  /** Goes to the checkout's or portal's address. @default `window.location.assign` */
  readonly onNavigate?: Navigate;
  readonly children?: ReactNode;
}

/**
 * Gives the components and hooks below it one customer's billing. It keeps nothing outside itself: two providers on a
 * page never share an answer. It settles the return from a checkout (`?checkout=<id>`): until the outcome is known,
 * nothing is called closed.
 *
 * @throws BillingError `secret_key_in_browser` when a prop holds a secret key.
 * @example
 * <BillingProvider plans={plans} endpoint="/api/billing" initialAccess={access.toJSON()}>
 *   <PricingTable />
 * </BillingProvider>
 */
export function BillingProvider<C extends Catalog = Catalog>(props: BillingProviderProps<C>) {
  refuseSecretKeys(props);
  const {
    plans,
    endpoint = "/api/billing",
    initialAccess,
    initialPlans,
    customerId,
    personId,
    locale = "en",
    currency,
    fetch,
    messages,
    stripePublishableKey,
    signInUrl,
    changeUrl,
    onNavigate,
    children,
  } = props;

  const latest = useState(() => ({ fetch }))[0];
  useEffect(() => {
    latest.fetch = fetch;
  });
  const client = useMemo(() => {
    const send: typeof globalThis.fetch = (input, init) => (latest.fetch ?? globalThis.fetch)(input, init);
    return createBillingClient({ endpoint, fetch: send });
  }, [endpoint, latest]);
  const session = useSession({
    client,
    catalog: plans,
    initialAccess,
    initialPlans,
    customerId,
    personId,
  });
  useRevalidation(session);
  // A return from paying is settled, whatever the page shows of it.
  useCheckoutReturnSnapshot(session.returned);

  const value = useMemo<BillingContextValue>(
    () => ({
      session,
      catalog: plans,
      currency,
      locale,
      messages,
      onNavigate,
      signInUrl,
      changeUrl,
      stripePublishableKey,
    }),
    [session, plans, currency, locale, messages, onNavigate, signInUrl, changeUrl, stripePublishableKey],
  );
  return <BillingContext.Provider value={value}>{children}</BillingContext.Provider>;
}
