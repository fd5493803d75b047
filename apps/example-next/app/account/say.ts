import { formatMoney, type Interval, type Money } from "@tollgate/core";
import { plans } from "../../billing/plans";

const dates = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" });

export const sayDate = (time: string) => dates.format(new Date(time));

export const sayMoney = (money: Money) => formatMoney(money, "en-US");

export const sayPlan = (planId: string) =>
  Object.hasOwn(plans.plans, planId) ? plans.plans[planId as keyof typeof plans.plans].name : planId;

/** `5 seats of Team, by the year`. */
export function sayChoice(choice: { planId: string; interval: Interval; quantity: number }): string {
  const seats = choice.quantity > 1 ? `${choice.quantity} seats of ` : "";
  return `${seats}${sayPlan(choice.planId)}, by the ${choice.interval}`;
}
