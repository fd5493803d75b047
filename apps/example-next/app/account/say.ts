import { type AddOnQuantities, findAddOn, formatMoney, type Interval, type Money } from "@tollgate/core";
import { plans } from "../../billing/plans";

const dates = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

export const sayDate = (time: string) => dates.format(new Date(time));

export const sayMoney = (money: Money) => formatMoney(money, "en-US");

export const sayPlan = (planId: string) =>
  Object.hasOwn(plans.plans, planId) ? plans.plans[planId as keyof typeof plans.plans].name : planId;

export const sayAddOn = (addOnId: string) => findAddOn(plans, addOnId)?.name ?? addOnId;

interface Choice {
  readonly planId: string;
  readonly interval: Interval;
  readonly quantity: number;
  readonly addOns?: AddOnQuantities | undefined;
}

/** `5 seats of Team, by the year`, `Pro with 2 × Project pack, by the month`. */
export function sayChoice({ planId, interval, quantity, addOns = {} }: Choice): string {
  const seats = quantity > 1 ? `${quantity} seats of ` : "";
  const extras = Object.entries(addOns).map(
    ([id, count]) => `${count > 1 ? `${count} × ` : ""}${sayAddOn(id)}`,
  );
  const added = extras.length > 0 ? ` with ${extras.join(" and ")}` : "";
  return `${seats}${sayPlan(planId)}${added}, by the ${interval}`;
}
