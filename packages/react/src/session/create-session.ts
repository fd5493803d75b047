import {
  type AccessState,
  type Catalog,
  CodedError,
  type Currency,
  type PlansDescription,
} from "@tollgate/core";
import type { BillingClient } from "../client/billing-client.js";
import { type CheckoutReturn, createCheckoutReturn, mayTell } from "./checkout-return.js";
import { createResource, type Resource } from "./create-resource.js";
import { signedOutAccess } from "./signed-out-access.js";

/** Everything that is known about one signed-in customer. Another customer means another session. */
export interface BillingSession {
  readonly client: BillingClient;
  readonly access: Resource<AccessState>;
  /** What is for sale in a currency; `undefined` asks for the server's own. */
  plans(currency: Currency | undefined): Resource<PlansDescription>;
  /** The checkout that the person came back from; `null` when they did not, or nobody is signed in. */
  readonly returned: CheckoutReturn | null;
}

export interface SessionOptions {
  readonly client: BillingClient;
  readonly catalog: Catalog | undefined;
  readonly initialAccess: AccessState | null;
  /** What the server says is for sale, in one currency. */
  readonly initialPlans: PlansDescription | undefined;
  /** Who is signed in, if the app says so: `null` is nobody, `undefined` leaves it to the server. */
  readonly customerId: string | null | undefined;
  /** The checkout that they came back from, if they did. */
  readonly returnedFrom: string | null;
}

export function createSession({
  client,
  catalog,
  initialAccess,
  initialPlans,
  customerId,
  returnedFrom,
}: SessionOptions): BillingSession {
  const access = createResource<AccessState>({
    initial: initialAccess ?? (customerId === null ? signedOutAccess(catalog) : null),
    load: async (signal) => {
      if (customerId === null) return signedOutAccess(catalog);
      return checkCustomer((await settle()) ?? (await readAccess(client, catalog, signal)), customerId);
    },
  });
  const returned =
    returnedFrom === null || customerId === null
      ? null
      : createCheckoutReturn(returnedFrom, async (signal) => {
          const status = await client.checkoutStatus(returnedFrom, signal);
          access.set(checkCustomer(status.access, customerId));
          return status;
        });

  /** What follows from the checkout, as long as that is not known: it may be newer than GET /access. */
  async function settle(): Promise<AccessState | null> {
    if (returned === null || !mayTell(returned.status.getSnapshot())) return null;
    await returned.status.refresh();
    return returned.status.getSnapshot().value?.access ?? null;
  }

  const shelf = new Map<Currency | undefined, Resource<PlansDescription>>();
  function plans(currency = initialPlans?.currency): Resource<PlansDescription> {
    const initial = initialPlans?.currency === currency ? (initialPlans ?? null) : null;
    const load = (signal: AbortSignal) => client.plans(currency ?? null, signal);
    const there = shelf.get(currency) ?? createResource({ initial, load });
    shelf.set(currency, there);
    return there;
  }
  return { client, access, plans, returned };
}

async function readAccess(
  client: BillingClient,
  catalog: Catalog | undefined,
  signal: AbortSignal,
): Promise<AccessState> {
  try {
    return await client.access(signal);
  } catch (error) {
    // By the status, because a newer server may have another code for it.
    if (error instanceof CodedError && error.status === 401) return signedOutAccess(catalog);
    throw error;
  }
}

/** The page may still show one person while the cookie, changed in another tab, belongs to another. */
function checkCustomer(access: AccessState, customerId: string | null | undefined): AccessState {
  const isOurs = customerId === undefined || access.customerId === null || access.customerId === customerId;
  if (isOurs) return access;
  throw new CodedError("unauthenticated", 401, "Somebody else is signed in now. Reload the page.");
}
