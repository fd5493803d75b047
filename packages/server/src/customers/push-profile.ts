import {
  type CustomersMadeFirst,
  decideIdentified,
  decidePushed,
  type ProfileField,
  type StoredCustomer,
  waitingOf,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import type { Identity } from "../context/identity.js";
import { digest } from "../idempotency/digest.js";
import { changeProfile, tooFast, tries } from "../sync/change-profile.js";
import { waitForTurn } from "../sync/wait-for-turn.js";

/**
 * Gives the provider's customer the email and name that the app has now, as far as nobody chose others. What the
 * provider already has, or has refused, costs nothing.
 *
 * @throws BillingError `customer_missing`
 */
export async function pushProfile(
  context: BillingContext,
  link: StoredCustomer,
  identity: Identity,
): Promise<void> {
  const { email = null, name = null } = identity;
  const { customers } = context.provider;
  if (customers.kind !== "made_first") return;
  if (email === null && name === null) return;
  const profile = await digest([email, name]);
  if (profile === link.profile) return;
  const { store } = context;
  await changeProfile(context, link, (known) => ({ profile: decideIdentified(known, { email, name }) }));
  await giveProfile(context, customers, link);
  await store.saveCustomerProfile(link, profile);
}

/**
 * Gives the provider what still waits for it. If something else is chosen meanwhile, that is given as well: the last one
 * counts, in whichever order the two arrive.
 *
 * @returns what the provider would not take
 * @throws BillingError `customer_missing`
 */
export async function giveProfile(
  { store, logger }: BillingContext,
  customers: CustomersMadeFirst,
  link: StoredCustomer,
): Promise<readonly ProfileField[]> {
  const { customerId, providerCustomerId } = link;
  let sent: Profile | null = null;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const known = await store.readProfile(link);
    const push = waitingOf(known, sent);
    if (push === null) return [];
    const { refused } = await updateCustomer(customers, { providerCustomerId, ...push });
    sent = { providerCustomerId, ...push };
    if (refused.length > 0) {
      const fields = { customerId, providerCustomerId, refused };
      logger.warn(fields, "The provider refused part of what the app says of a customer");
    }
    const profile = decidePushed(known, push, refused);
    const write = { link, expected: known, profile, callbacks: [], jobs: [] };
    if ((await store.saveProfile(write)) === "saved") return refused;
    await waitForTurn(attempt);
  }
  throw tooFast();
}

type Profile = Parameters<CustomersMadeFirst["update"]>[0];

/** Text with half a character in it can't even be sent: the provider is not asked, and it counts as refused. */
async function updateCustomer(
  customers: CustomersMadeFirst,
  profile: Profile,
): ReturnType<CustomersMadeFirst["update"]> {
  const unsendable = (["email", "name"] as const).filter((one) => /\p{Surrogate}/u.test(profile[one] ?? ""));
  const sendable = { ...profile, ...Object.fromEntries(unsendable.map((one) => [one, null])) };
  if (sendable.email === null && sendable.name === null) return { refused: unsendable };
  const { refused } = await customers.update(sendable);
  return { refused: [...unsendable, ...refused] };
}
