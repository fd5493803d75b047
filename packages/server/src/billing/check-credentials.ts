import { BillingError, type BillingProvider } from "@tollgate/core";
import type { EdgeTokenOption } from "../access/edge-token.js";
import { isEdgeSecretMissing } from "../edge/edge-secrets.js";
import type { Logger } from "../log/logger.js";
import type { Environment } from "./read-environment.js";

const building =
  "This is a build, and builds need no keys as long as nothing uses billing while modules load: call " +
  "billing.pushPlans() in a deploy step or in instrumentation.ts.";

/**
 * Makes the check that comes before anything production does: a set-up without its secrets looks fine until the first
 * payment is lost. It doesn't run before the first use, because builds load the app without secrets.
 *
 * @param parts.refusal what production refuses among what was given, where that was not reported yet
 * @returns a function that throws BillingError `invalid_options`, naming what is missing and where it comes from
 */
export function createCredentialCheck(parts: {
  readonly providers: readonly Pick<BillingProvider, "id" | "missing" | "variables">[];
  readonly edgeToken: EdgeTokenOption | undefined;
  readonly environment: Environment;
  readonly refusal: BillingError | null;
  readonly logger: Logger;
}): () => void {
  const { providers, edgeToken, environment, refusal, logger } = parts;
  const withoutSecret = edgeToken !== undefined && isEdgeSecretMissing(edgeToken.secret);
  const others = withoutSecret ? ["edgeToken.secret"] : [];
  const named = [
    ...providers.flatMap(({ missing, variables }) =>
      missing.map((option) => nameOption(option, variables?.[option])),
    ),
    ...others,
  ];
  const lacking = providers.filter(({ missing }) => missing.length > 0);
  const hint = environment.building ? ` ${building}` : "";
  return () => {
    if (refusal !== null) {
      throw new BillingError(refusal.code, `${refusal.message}${hint}`, { details: refusal.details ?? {} });
    }
    if (!environment.production || named.length === 0) return;
    const missing = [...(lacking[0]?.missing ?? []), ...others];
    // Of the first that lacks any; the message has all of them.
    const details = { provider: (lacking[0] ?? providers[0])?.id ?? null, missing };
    logger.error(details, "Billing refuses to work: credentials are missing");
    const message = `Production needs ${named.join(" and ")}: set them where this process runs.${hint}`;
    throw new BillingError("invalid_options", message, { details });
  };
}

function nameOption(option: string, variable: string | undefined): string {
  return variable === undefined ? option : `${option} (${variable})`;
}
