import type { Catalog, Currency } from "@tollgate/core";
import { createContext, useContext } from "react";
import type { BillingSession } from "./create-session.js";
import type { Navigate } from "./leave-page.js";

/** What the provider hands to the hooks and components below it. */
export interface BillingContextValue {
  /** The signed-in customer's answers; another object as soon as another customer is signed in. */
  readonly session: BillingSession;
  readonly catalog: Catalog | undefined;
  readonly currency: Currency | undefined;
  readonly locale: string;
  /** The app's own words, by component, which knows their type; each component has the English ones. */
  readonly messages: Readonly<Record<string, object | undefined>> | undefined;
  readonly onNavigate: Navigate | undefined;
  readonly signInUrl: string | undefined;
  readonly changeUrl: string | undefined;
  readonly stripePublishableKey: string | undefined;
}

export const BillingContext = createContext<BillingContextValue | null>(null);

/** @throws Error outside a `BillingProvider`. */
export function useBilling(): BillingContextValue {
  const value = useContext(BillingContext);
  if (value === null) throw new Error("Tollgate's hooks and components need a <BillingProvider>.");
  return value;
}
