import { plans } from "../../../billing/plans";

/** Every plan of ours is sold by these. */
export const intervals = ["month", "year"] as const;

export interface Choice {
  readonly planId: keyof typeof plans.plans;
  readonly interval: (typeof intervals)[number];
  readonly quantity?: number;
  /** How many of one add-on there are to be; the others stay. */
  readonly addOn?: { readonly id: string; readonly count: number };
}

/** What the address asks for; `null`: nothing yet, or nothing that we sell. */
export function readChoice(query: Record<string, string | string[] | undefined>): Choice | null {
  const { plan, interval = "month", seats, addOn, count } = query;
  const isPlan = typeof plan === "string" && Object.hasOwn(plans.plans, plan);
  const found = intervals.find((one) => one === interval);
  if (!isPlan || found === undefined) return null;
  const planId = plan as Choice["planId"];
  const quantity = Number(seats);
  const isAddOn = typeof addOn === "string" && Number.isInteger(Number(count));
  return {
    planId,
    interval: found,
    // Seats are for the plan that is sold by them; what is wrong with their number is the server's to say.
    ...(planId === "team" && Number.isInteger(quantity) && { quantity }),
    ...(isAddOn && { addOn: { id: addOn, count: Number(count) } }),
  };
}
