import type { Agreement, Consent } from "../language/consent.js";
import { isDeletedCustomer } from "../language/deletion.js";
import type { IsoTime } from "../language/time.js";

/**
 * What is kept of what somebody agreed to; `null`: they were not asked. Of somebody who was deleted there is only what
 * `anonymizeConsent` leaves.
 *
 * @param now when we hear of it
 * @example
 * function accepted(agreed: Agreement, of: { provider: string; checkoutId: string; customerId: string }): boolean {
 *   return consentOf(agreed, { ...of, subscriptionId: null }, new Date().toISOString())?.terms === true;
 * }
 */
export function consentOf(
  agreed: Agreement | null | undefined,
  of: Pick<Consent, "provider" | "checkoutId" | "customerId" | "subscriptionId">,
  now: IsoTime,
): Consent | null {
  if (!agreed || (!agreed.terms && agreed.promotions === null)) return null;
  const { provider, checkoutId, customerId, subscriptionId } = of;
  const { terms, promotions, at } = agreed;
  const consent = {
    provider,
    checkoutId,
    customerId,
    subscriptionId,
    terms,
    promotions,
    agreedAt: at ?? now,
  };
  return isDeletedCustomer(customerId) ? anonymizeConsent(consent, customerId) : consent;
}

/**
 * Which of two accounts of one checkout's consent is kept: the earlier one, for it is given once and may be heard of late.
 *
 * @example
 * function isNews(known: Consent, said: Consent): boolean {
 *   return earlierConsent(known, said) === said;
 * }
 */
export function earlierConsent(known: Consent | null, said: Consent): Consent {
  return known === null || Date.parse(said.agreedAt) < Date.parse(known.agreedAt) ? said : known;
}

/**
 * What is kept of a deleted customer's consent: that terms were accepted, when and at which checkout, which a dispute may
 * ask for later. That they want news goes, and where nothing else was asked, all of it: `null`.
 *
 * @example
 * function keep(one: Consent): Consent | null {
 *   return anonymizeConsent(one, "tollgate:deleted:7f0c");
 * }
 */
export function anonymizeConsent(consent: Consent, reference: string): Consent | null {
  return consent.terms ? { ...consent, customerId: reference, promotions: null } : null;
}
