import { BillingError, readCheckoutReturn } from "@tollgate/core";
import type { CheckoutStatusResponse } from "@tollgate/core/contract";
import { describeError, type Logger } from "../log/logger.js";

/**
 * Settles the checkout that a page's address names, before the page is rendered. What this person may not see, or what
 * can't be read now, doesn't keep the page from being shown: the browser asks again.
 */
export async function settleReturn(
  url: string,
  settle: (checkoutId: string) => Promise<CheckoutStatusResponse>,
  logger: Logger,
): Promise<CheckoutStatusResponse | null> {
  const id = readCheckoutReturn(new URL(url));
  if (id === null) return null;
  try {
    return await settle(id);
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    const fields = { checkoutId: id, code: error.code, error: describeError(error) };
    if (error.status >= 500) logger.warn(fields, "A return from checkout could not be settled by the page");
    return null;
  }
}
