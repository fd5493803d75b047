import { BillingError, type BillingProvider } from "@tollgate/core";
import type { EdgeTokenOption } from "./access/edge-token.js";
import { isEdgeSecretMissing } from "./edge/edge-secrets.js";
import type { Logger } from "./logger.js";

/**
 * Makes the check that stands before whatever production does: a set-up without its secrets looks well until
 * the first payment is lost. Not before the first use, because builds load the app without secrets.
 *
 * @returns a function that throws BillingError `invalid_options`, naming what is missing
 */
export function createCredentialCheck(parts: {
  readonly provider: Pick<BillingProvider, "id" | "missing">;
  readonly edgeToken: EdgeTokenOption | undefined;
  readonly production: boolean;
  readonly logger: Logger;
}): () => void {
  const { provider, edgeToken, production, logger } = parts;
  const withoutSecret = edgeToken !== undefined && isEdgeSecretMissing(edgeToken.secret);
  const missing = [...provider.missing, ...(withoutSecret ? ["edgeToken.secret"] : [])];
  return () => {
    if (!production || missing.length === 0) return;
    const details = { provider: provider.id, missing };
    logger.error(details, "Billing refuses to work: credentials are missing");
    throw new BillingError("invalid_options", `Production needs ${missing.join(" and ")}.`, { details });
  };
}
