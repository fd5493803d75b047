import type { PlanDescription } from "../catalog/describe-plans.js";
import type { PlanOffer, PlanOffers } from "./plan-offer.js";
import { type PlanBill, switchTime } from "./switch-time.js";

/**
 * What is offered to somebody about whom nothing is known.
 *
 * @example
 * offerToAnyone({ kind: "paid", contactUrl: null, trialDays: 14 }); // { kind: "checkout", trialDays: 14 }
 */
export function offerToAnyone({
  kind,
  contactUrl,
  trialDays,
}: Pick<PlanDescription, "kind" | "contactUrl" | "trialDays">): PlanOffer {
  if (kind === "contact") return { kind, url: contactUrl ?? "" };
  return kind === "free" ? { kind: "sign_up" } : { kind: "checkout", trialDays };
}

/**
 * The offer about a plan, among those in a state.
 *
 * @example
 * describePlans(plans).plans.map((plan) => findOffer({ pro: { kind: "managers_only" } }, plan).kind);
 */
export function findOffer(
  offers: PlanOffers | undefined,
  plan: Pick<PlanDescription, "id" | "kind" | "contactUrl" | "trialDays">,
): PlanOffer {
  return (offers && Object.hasOwn(offers, plan.id) && offers[plan.id]) || offerToAnyone(plan);
}

const passive: ReadonlySet<PlanOffer["kind"]> = /* @__PURE__ */ new Set([
  "current",
  "pending",
  "contact",
  "not_sold",
  "not_switchable",
] as const);

/**
 * The same offers for a person who may not manage billing: what there is to do, somebody else has to do.
 *
 * @example
 * offersToMember({ pro: { kind: "checkout", trialDays: 14 } }); // { pro: { kind: "managers_only" } }
 */
export function offersToMember(offers: PlanOffers): PlanOffers {
  const entries = Object.entries(offers);
  return Object.fromEntries(
    entries.map(([id, offer]) => [id, passive.has(offer.kind) ? offer : { kind: "managers_only" }]),
  );
}

/**
 * The offer for one choice of the plan: for a plan that they have, another interval or number of seats is a change; for
 * any other plan, the choice determines when the change comes.
 *
 * @param held What they pay for the plan of its group.
 * @example
 * const held = { interval: "month", quantity: 1, total: 2900 } as const;
 * const yearly = { interval: "year", quantity: 1, total: 29_000 } as const;
 * offerForChoice({ kind: "current", changes: true }, held, yearly, true);
 * // { kind: "change", to: "interval", at: "now" }
 */
export function offerForChoice(
  offer: PlanOffer,
  held: PlanChoice | null,
  chosen: PlanChoice,
  canManage: boolean,
): PlanOffer {
  if (held === null) return offer;
  const at = switchTime(held, chosen);
  if (offer.kind === "change" || offer.kind === "switch") return { ...offer, at };
  const to =
    chosen.interval !== held.interval ? "interval" : chosen.quantity !== held.quantity ? "quantity" : null;
  if (offer.kind !== "current" || to === null) return offer;
  if (!offer.changes && !offer.switches) return { kind: "not_switchable" };
  return canManage ? { kind: offer.changes ? "change" : "switch", to, at } : { kind: "managers_only" };
}

/** What is chosen, or held, of a plan, and what it costs. */
export interface PlanChoice extends PlanBill {
  readonly quantity: number;
}
