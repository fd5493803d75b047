import {
  type CustomersMadeFirst,
  decideIdentified,
  decidePushed,
  isStorableText,
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
  const { email: saidEmail = null, name: saidName = null } = identity;
  const { customers } = context.provider;
  if (customers.kind !== "made_first") return;
  if (saidEmail === null && saidName === null) return;
  const profile = await digest([saidEmail, saidName]);
  if (profile === link.profile) return;
  const { store } = context;
  const [email, name] = [toStorable(saidEmail), toStorable(saidName)];
  if (email !== saidEmail || name !== saidName) {
    const { customerId } = link;
    context.logger.warn(
      { customerId },
      "The email or name of a customer has NUL or half a character in it, and is left out",
    );
  }
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
    const { refused } = await customers.update({ providerCustomerId, ...push });
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

/** What no database keeps is not sent to the provider, either. */
function toStorable(text: string | null): string | null {
  return isStorableText(text, Number.POSITIVE_INFINITY) ? text : null;
}
