import { type Interval, intervalParts } from "../language/interval.js";
import { costOf } from "../language/price-rate.js";
import type { PlanDefinition } from "./catalog.js";
import { checkAmounts, refuse } from "./check-entry.js";
import type { IntroDefinition } from "./price-definition.js";
import { type PlanPrice, pricesOf } from "./prices.js";

/** As long as an interval may be: whoever pays less for longer has another price. */
const mostMonths = 36;

/** Checks what a plan's first payments are reduced by. */
export function checkIntros(path: string, plan: PlanDefinition): void {
  const { intro } = plan;
  if (intro === undefined) return;
  if (typeof intro !== "object" || intro === null || Array.isArray(intro)) {
    refuse(path, "must have an entry for each interval, such as { month: { percentOff: 50 } }");
  }
  if ((plan.trialDays ?? 0) > 0) refuse(path, "must be left out: the plan begins with a trial");
  const prices = pricesOf("", plan);
  for (const [interval, one] of Object.entries(intro)) {
    const own = prices.filter((price) => price.interval === interval);
    if (own.length === 0) refuse(`${path}.${interval}`, "must be left out: the plan is not sold by it");
    if (one !== undefined) checkIntro(`${path}.${interval}`, one, own);
  }
}

function checkIntro(path: string, intro: IntroDefinition, prices: readonly PlanPrice[]): void {
  const { payments = 1, percentOff, amountOff } = intro;
  if ((percentOff === undefined) === (amountOff === undefined)) {
    refuse(path, "must have percentOff or amountOff");
  }
  checkPayments(`${path}.payments`, payments, prices[0]?.interval ?? "month");
  if (percentOff !== undefined) checkPercent(`${path}.percentOff`, percentOff);
  if (amountOff === undefined) return;
  checkAmounts(`${path}.amountOff`, amountOff);
  const other = Object.keys(amountOff).find((one) => prices.every(({ currency }) => currency !== one));
  if (other !== undefined)
    refuse(`${path}.amountOff.${other}`, "must be left out: the plan is not sold in it");
  for (const price of prices) {
    const off = amountOff[price.currency];
    const at = `${path}.amountOff.${price.currency}`;
    if (off === undefined) refuse(at, "must be given: the plan is sold in that currency");
    if (off < 1 || off >= costOf(price, price.minimumQuantity)) {
      refuse(at, "must be less than what is paid, and more than nothing; use trialDays for a free beginning");
    }
  }
}

function checkPercent(path: string, percent: unknown): void {
  const isPart = typeof percent === "number" && percent > 0 && percent < 100;
  // Stripe keeps two decimals of a percentage (https://docs.stripe.com/api/coupons/create).
  if (isPart && Number(percent.toFixed(2)) === percent) return;
  refuse(path, "must be more than 0 and less than 100, with two decimals at most");
}

/** A discount lasts for one payment or for whole months. */
function checkPayments(path: string, payments: unknown, interval: Interval): void {
  const { unit, count } = intervalParts(interval);
  const months = unit === "year" ? 12 * count : unit === "month" ? count : null;
  const most = months === null ? 1 : Math.max(1, Math.floor(mostMonths / months));
  if (typeof payments === "number" && Number.isInteger(payments) && payments >= 1 && payments <= most) return;
  refuse(path, most === 1 ? "must be 1" : `must be a whole number from 1 to ${most}`);
}
