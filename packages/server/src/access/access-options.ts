import { BillingError, type Catalog, type OutagePolicies, type OutagePolicy } from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";

/** What features do while the store is out of reach: one policy for all, or one for each. */
export type OutageOption<F extends string = string> =
  | OutagePolicy
  | {
      /** For every feature that is not named. @default "closed" */
      readonly default?: OutagePolicy;
      readonly features?: { readonly [K in F]?: OutagePolicy };
      /** How long `last_known` holds after the last read, in whole hours from 1 to 720. @default 24 */
      readonly lastKnownHours?: number;
    };

/** The outage option, checked. */
export interface OutageRules extends OutagePolicies {
  readonly lastKnownMs: number;
}

/** How access is kept in memory, checked. */
export interface AccessRules {
  /** How old a state that is shown may be, in milliseconds; 0: nothing is kept. */
  readonly maxStaleMs: number;
  /** `null`: an outage is an error. */
  readonly outage: OutageRules | null;
}

const policies: readonly unknown[] = ["closed", "open", "last_known"] satisfies readonly OutagePolicy[];
const hourMs = 3_600_000;

/** @throws BillingError `invalid_options`; `unknown_feature` for a policy of a feature that is not in the catalog */
export function checkAccessOptions(options: {
  readonly plans: Catalog;
  readonly accessMaxStaleSeconds?: number;
  readonly outage?: OutageOption;
}): AccessRules {
  const { plans, accessMaxStaleSeconds: seconds = 5, outage } = options;
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > 300) {
    refuseOption("accessMaxStaleSeconds", "must be a number of seconds from 0 to 300");
  }
  return { maxStaleMs: seconds * 1000, outage: outage === undefined ? null : checkOutage(plans, outage) };
}

function checkOutage(plans: Catalog, option: OutageOption): OutageRules {
  const rules = typeof option === "string" ? { default: option } : option;
  const { default: byDefault = "closed", features = {}, lastKnownHours = 24 } = rules;
  for (const policy of [byDefault, ...Object.values(features)]) {
    if (!policies.includes(policy)) refuseOption("outage", 'knows "closed", "open" and "last_known"');
  }
  for (const id of Object.keys(features)) {
    if (Object.hasOwn(plans.features, id)) continue;
    throw new BillingError("unknown_feature", `createBilling: \`outage\` names the feature "${id}".`);
  }
  if (!Number.isInteger(lastKnownHours) || lastKnownHours < 1 || lastKnownHours > 720) {
    refuseOption("outage", "must have whole `lastKnownHours` from 1 to 720");
  }
  return { default: byDefault, features, lastKnownMs: lastKnownHours * hourMs };
}
