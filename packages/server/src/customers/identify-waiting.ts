import type { Job } from "@tollgate/core";
import { atProvider } from "../context/providers.js";
import { applyUnmatchedEvents } from "../sync/apply-unmatched.js";
import { findOwner } from "./find-owner.js";
import type { CustomersContext } from "./identify-customer.js";
import { takeInCustomer } from "./take-in-customer.js";

/**
 * Asks whose a provider's customer with waiting events is, and applies the events if that is known; if not, the events
 * say so and keep waiting. What the app's function throws makes the job run again.
 */
export async function identifyWaiting(
  everyone: CustomersContext,
  job: Extract<Job, { type: "identify_customer" }>,
): Promise<void> {
  const { providerCustomerId } = job;
  // Another instance, of another release, may have that provider.
  if (everyone.providers.find(job.provider) === null) return;
  const context = atProvider(everyone, job.provider);
  const { provider, store } = context;
  const known = await store.findCustomerByProviderId(providerCustomerId, provider.id);
  if (known !== null) return applyUnmatchedEvents(context, known);
  const customer = await provider.customers.read(providerCustomerId);
  const customerId = customer && (await findOwner(context, customer));
  const link = customer && customerId !== null && (await takeInCustomer(context, customer, customerId));
  if (link) return;
  const reason =
    customerId === null ? "nobody knows whose its customer is" : "its customer's owner has another";
  await store.explainUnmatched({ provider: provider.id, providerCustomerId, reason });
}
