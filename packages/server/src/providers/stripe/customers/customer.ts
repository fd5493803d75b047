import { type CustomersMadeFirst, defaultApp, type ProviderCustomer } from "@tollgate/core";
import type { CallStripe } from "../client/stripe-client.js";
import { aboutCustomer, isMissing, refusedParam } from "../client/to-provider-error.js";
import { underOwnKey } from "../client/under-own-key.js";
import { metadataKeys, type StripeNames } from "../language/names.js";
import { toCustomer } from "../subscriptions/to-found-subscription.js";

type CreateCustomer = CustomersMadeFirst["make"];
type ClaimCustomer = CustomersMadeFirst["claim"];
type UpdateCustomer = CustomersMadeFirst["update"];

/**
 * Leaves email and name to `updateCustomer`: Stripe refuses a key that comes again with different parameters
 * (https://docs.stripe.com/api/idempotent_requests), and they may change between two clicks.
 */
export async function createCustomer(
  call: CallStripe,
  names: StripeNames,
  { customerId, database, idempotencyKey }: Parameters<CreateCustomer>[0],
): ReturnType<CreateCustomer> {
  const metadata = {
    ...names.mark,
    [metadataKeys.customer]: customerId,
    [metadataKeys.database]: database,
  };
  // We rely on: not exempt from taxes (`none`), no balance, no currency before the first purchase.
  const customer = call((client) => client.customers.create({ metadata }, { idempotencyKey }));
  const { id } = await underOwnKey(customer);
  return { providerCustomerId: id };
}

/**
 * Without a key of ours: for a day, a key would repeat its answer for the same email even if another was set meanwhile.
 */
export async function updateCustomer(
  call: CallStripe,
  { providerCustomerId, email, name }: Parameters<UpdateCustomer>[0],
): ReturnType<UpdateCustomer> {
  const params = { ...(email !== null && { email }), ...(name !== null && { name }) };
  try {
    await aboutCustomer(call((client) => client.customers.update(providerCustomerId, params)));
    return { refused: [] };
  } catch (error) {
    // Stripe writes all or nothing, and names the first parameter that it objects to.
    const minded = refusedParam(error);
    if (minded !== "email" && minded !== "name") throw error;
    const rest = { providerCustomerId, email, name, [minded]: null };
    if (rest.email === null && rest.name === null) return { refused: [minded] };
    const { refused } = await updateCustomer(call, rest);
    return { refused: [minded, ...refused] };
  }
}

export async function readCustomer(
  call: CallStripe,
  providerCustomerId: string,
): Promise<ProviderCustomer | null> {
  try {
    return toCustomer(await call((client) => client.customers.retrieve(providerCustomerId)));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Stripe compares addresses letter by letter; one person has few customers, and a person waits for this. */
const foundAtMost = 10;

export async function findCustomersByEmail(
  call: CallStripe,
  email: string,
): Promise<readonly ProviderCustomer[]> {
  // Half a character can't even be sent.
  if (/\p{Surrogate}/u.test(email)) return [];
  try {
    const { data } = await call((client) => client.customers.list({ email, limit: foundAtMost }));
    return data.map(toCustomer);
  } catch (error) {
    // Nobody at Stripe has an address that it does not accept, and an odd one must not keep anybody from paying.
    if (refusedParam(error) === "email") return [];
    throw error;
  }
}

/** Whose they are from now on. A deleted one no longer belongs to anybody, and can't be written to. */
export async function claimCustomer(
  call: CallStripe,
  { app }: StripeNames,
  { customerId, providerCustomerId, subscriptionId, database }: Parameters<ClaimCustomer>[0],
): ReturnType<ClaimCustomer> {
  const owner = {
    // An empty value unsets it: the default app has none.
    [metadataKeys.app]: app === defaultApp ? "" : app,
    [metadataKeys.database]: database,
  };
  const ofCustomer = { ...owner, [metadataKeys.customer]: customerId };
  await unlessMissing(
    call((client) => client.customers.update(providerCustomerId, { metadata: ofCustomer })),
  );
  if (subscriptionId === null) return;
  await unlessMissing(call((client) => client.subscriptions.update(subscriptionId, { metadata: owner })));
}

async function unlessMissing(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * Deletes a customer, and with them what they subscribe to, their cards and their address
 * (https://docs.stripe.com/api/customers/delete). Stripe keeps invoices, charges and refunds with what was printed on
 * them; its redaction jobs, a public preview that the SDK does not have yet, blank those too
 * (https://docs.stripe.com/privacy/redaction).
 */
export async function eraseCustomer(call: CallStripe, providerCustomerId: string): Promise<void> {
  await unlessMissing(call((client) => client.customers.del(providerCustomerId)));
}
