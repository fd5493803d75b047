import { BillingError, type BillingProvider } from "@tollgate/core";
import type { Logger } from "./logger.js";

/**
 * Makes the check that stands before whatever production does: a set-up without its secrets looks well until
 * the first payment is lost. Not before the first use, because builds load the app without secrets.
 *
 * @returns a function that throws BillingError `invalid_options`, naming what is missing
 */
export function createCredentialCheck(
  { id, missing }: BillingProvider,
  production: boolean,
  logger: Logger,
): () => void {
  return () => {
    if (!production || missing.length === 0) return;
    logger.error({ provider: id, missing }, "Billing refuses to work: credentials are missing");
    throw new BillingError("invalid_options", `Production needs the provider's ${missing.join(" and ")}.`, {
      details: { provider: id, missing },
    });
  };
}
