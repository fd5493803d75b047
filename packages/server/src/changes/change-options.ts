import {
  type ChangeDirection,
  type ChangePolicies,
  type ChangePolicy,
  type ChangeTime,
  defaultChangePolicies,
} from "@tollgate/core";
import { refuseOption } from "../context/refuse-option.js";

/** What becomes of a change of a subscription, by the direction that it goes. What is left out keeps its default. */
export interface ChangeOptions {
  /** To a plan that costs more. @default { at: "now", prorate: true } */
  readonly upgrade?: Partial<ChangePolicy>;
  /** To a plan that costs less. @default { at: "period_end" } */
  readonly downgrade?: Partial<ChangePolicy>;
  /** To another plan for the same money. @default { at: "now", prorate: true } */
  readonly crossgrade?: Partial<ChangePolicy>;
  /** From months to years. Always prorated: it would be free until its first renewal otherwise. @default { at: "now" } */
  readonly longerInterval?: Partial<ChangePolicy>;
  /** From years to months. @default { at: "period_end" } */
  readonly shorterInterval?: Partial<ChangePolicy>;
  /** @default { at: "now", prorate: true } */
  readonly moreSeats?: Partial<ChangePolicy>;
  /** @default { at: "period_end" } */
  readonly fewerSeats?: Partial<ChangePolicy>;
}

const directions = {
  upgrade: "upgrade",
  downgrade: "downgrade",
  crossgrade: "crossgrade",
  longerInterval: "longer_interval",
  shorterInterval: "shorter_interval",
  moreSeats: "more_seats",
  fewerSeats: "fewer_seats",
} as const satisfies Record<keyof ChangeOptions, ChangeDirection>;

const times: readonly ChangeTime[] = ["now", "next_invoice", "period_end"];

/** @throws BillingError `invalid_options` */
export function toChangePolicies(options: ChangeOptions = {}): ChangePolicies {
  const given = Object.entries(options).map(([name, policy]) => {
    if (!isDirection(name)) {
      return refuseOption("changes", `has no \`${name}\`; it has ${Object.keys(directions).join(", ")}`);
    }
    return [directions[name], toPolicy(name, policy ?? {})] as const;
  });
  return { ...defaultChangePolicies, ...Object.fromEntries(given) };
}

function isDirection(name: string): name is keyof ChangeOptions {
  return Object.hasOwn(directions, name);
}

function toPolicy(name: keyof ChangeOptions, given: Partial<ChangePolicy>): ChangePolicy {
  const policy = { ...defaultChangePolicies[directions[name]], ...given };
  if (!times.includes(policy.at)) {
    refuseOption(`changes.${name}`, `must have an \`at\` that is one of ${times.join(", ")}`);
  }
  if (typeof policy.prorate !== "boolean")
    refuseOption(`changes.${name}`, "must have a `prorate` that is true or false");
  if (name === "longerInterval" && !policy.prorate && policy.at !== "period_end") {
    refuseOption("changes.longerInterval", "must be prorated: a year would be free until its first renewal");
  }
  return policy;
}
