import type { Proration } from "../../invoices/lines/invoice-line.js";
import { usageLines } from "../../invoices/lines/usage-lines.js";
import { type Context, seconds } from "../../world/context.js";
import type { InvoiceLine, Subscription, SubscriptionItem } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { periodLines, trialLine, unusedLines } from "../lines/first-lines.js";
import { creditLines, debitLine } from "../lines/proration.js";
import { isMetered } from "../terms/subscription-item.js";
import { cycleOf, isShort, periodFrom, sameCycle, setPeriod } from "../terms/subscription-period.js";
import { prorationDate, type SubscriptionFields } from "./check-update.js";
import { startsAgain } from "./starts-again.js";

/**
 * What a change costs: `prorations` settle the running period, `periods` are new ones. `now` says whether
 * that is asked for at once or with the next renewal.
 */
export type Bill = { prorations: Proration[]; periods: InvoiceLine[]; now: boolean };

/** The subscription as it was and as it is to be. */
type Change = { world: World; ctx: Context; before: Subscription; draft: Subscription; at: number };

const changed = (before: SubscriptionItem | undefined, after: SubscriptionItem | undefined): boolean =>
  before?.price.id !== after?.price.id || (before?.quantity ?? 1) !== (after?.quantity ?? 1);

const credits = ({ world, ctx, before, draft, at }: Change, all: boolean): Proration[] =>
  before.items.data
    .filter(
      (item) =>
        !isMetered(item.price) &&
        (all ||
          changed(
            item,
            draft.items.data.find(({ id }) => id === item.id),
          )),
    )
    .flatMap((item) => creditLines(world, ctx, before, item, at));

/** Starts an item's period now; if others keep theirs, it ends with the anchor's next date. */
const beginPeriod = ({ world, ctx, before, draft }: Change, item: SubscriptionItem): InvoiceLine[] => {
  const earlier = before.items.data.find(({ id }) => id === item.id);
  const goesOn = earlier?.price.id === item.price.id;
  const usage = goesOn ? usageLines(world, ctx, before, earlier, seconds(ctx)) : [];
  const period = periodFrom(
    draft.billing_cycle_anchor,
    cycleOf(item.price, draft),
    seconds(ctx),
    draft.cancel_at,
  );
  setPeriod(item, period);
  return [...usage, ...periodLines(world, ctx, draft, item, period)];
};

/**
 * The usage of metered prices that are removed: it is billed for the time until now, but in classic billing
 * mode it is lost. https://docs.stripe.com/billing/subscriptions/usage-based/manage-billing-setup
 */
const usageSoFar = ({ world, ctx, before, draft }: Change): InvoiceLine[] =>
  before.billing_mode.type === "classic"
    ? []
    : before.items.data
        .filter((item) => draft.items.data.find(({ id }) => id === item.id)?.price.id !== item.price.id)
        .flatMap((item) => usageLines(world, ctx, before, item, seconds(ctx)));

/** In classic billing mode, the lines of nothing for what is billed by use from now on. */
const unusedSoFar = ({ world, ctx, before, draft }: Change): InvoiceLine[] =>
  draft.items.data
    .filter(({ price }) => isMetered(price) && !before.items.data.some((item) => item.price.id === price.id))
    .flatMap((item) => unusedLines(world, ctx, draft, item));

/** What an item with the rhythm of the others costs for the rest of its period. */
const debit = ({ world, ctx, draft, at }: Change, item: SubscriptionItem): Proration => {
  const period = periodFrom(
    draft.billing_cycle_anchor,
    cycleOf(item.price, draft),
    item.current_period_start,
  );
  const ownEnd = { ...period, end: item.current_period_end };
  const whole = isShort(ownEnd) ? period.whole : undefined;
  return debitLine(world, ctx, draft, item, at, whole);
};

/** Gives an item of a new rhythm the anchor's running period; what began later in it keeps its start. */
const swapRhythm = ({ ctx, draft }: Change, item: SubscriptionItem): void => {
  const { billing_cycle_anchor, cancel_at } = draft;
  const { end, whole } = periodFrom(
    billing_cycle_anchor,
    cycleOf(item.price, draft),
    seconds(ctx),
    cancel_at,
  );
  setPeriod(item, { start: Math.max(item.current_period_start, whole.start), end });
};

const keepCycle = (change: Change, bill: Bill): void => {
  for (const item of change.draft.items.data) {
    const earlier = change.before.items.data.find(({ id }) => id === item.id);
    if (!changed(earlier, item)) continue;
    // A period that is over is followed by one of the new rhythm, which the renewal bills.
    const over = item.current_period_end <= seconds(change.ctx);
    if (earlier && !over && !sameCycle(earlier.price, item.price)) swapRhythm(change, item);
    if (!isMetered(item.price)) bill.prorations.push(debit(change, item));
    // What was used before belongs to another price.
    else if (earlier && earlier.price.id !== item.price.id) item.current_period_start = seconds(change.ctx);
  }
};

const startCycle = (change: Change, bill: Bill, moves = true): void => {
  const { ctx, draft } = change;
  if (moves) {
    draft.billing_cycle_anchor = seconds(ctx);
    draft.billing_cycle_anchor_config = null;
  }
  for (const item of draft.items.data) bill.periods.push(...beginPeriod(change, item));
};

/** Puts a subscription on trial until a time: what it does not use is given back, and it pays again then. */
const startTrial = (change: Change, end: number, bill: Bill): void => {
  const { world, ctx, draft } = change;
  const wasTrialing = draft.status === "trialing";
  if (!wasTrialing) draft.trial_start = seconds(ctx);
  draft.trial_end = end;
  draft.status = "trialing";
  draft.billing_cycle_anchor = end;
  for (const item of draft.items.data) {
    setPeriod(item, { start: wasTrialing ? item.current_period_start : seconds(ctx), end });
    if (!wasTrialing && !isMetered(item.price)) bill.periods.push(trialLine(world, ctx, draft, item));
  }
  delete world.hidden.trialsAnnounced[draft.id];
};

/** The first paid period begins now; the anchor stays where the trial put it if its settings say so. */
const endTrialNow = (change: Change, fields: SubscriptionFields, bill: Bill): void => {
  const { draft, ctx } = change;
  draft.trial_end = seconds(ctx);
  draft.status = "active";
  const asked = fields.billing_cycle_anchor?.type;
  const behavior = asked ?? draft.trial_settings?.end_behavior.billing_cycle_anchor;
  startCycle(change, bill, behavior !== "unchanged");
};

/**
 * Works out what a change of items, anchor or trial costs, and gives the items their periods.
 * A trial costs nothing, so there is nothing to give back for one either.
 */
export const billChange = (
  world: World,
  ctx: Context,
  before: Subscription,
  draft: Subscription,
  fields: SubscriptionFields,
): Bill => {
  const change: Change = { world, ctx, before, draft, at: prorationDate(ctx, fields) };
  const bill: Bill = { prorations: [], periods: [], now: false };
  const trialing = before.status === "trialing";
  const costs = !trialing && before.status !== "paused";
  // A trial that is over, or never was, can't end again.
  const trialEnd = fields.trial_end === "now" && !trialing ? undefined : fields.trial_end;
  const again = costs && trialEnd === undefined && startsAgain(world, before, draft, fields);
  if (costs) bill.prorations.push(...usageSoFar(change));
  if (costs) bill.prorations.push(...credits(change, again || typeof trialEnd === "number"));
  if (typeof trialEnd === "number") startTrial(change, trialEnd, bill);
  else if (trialEnd === "now") endTrialNow(change, fields, bill);
  else if (again) startCycle(change, bill);
  else if (costs) keepCycle(change, bill);
  const { proration_behavior: behavior = "create_prorations" } = fields;
  // At a period's very end there is nothing left to settle.
  bill.prorations = bill.prorations.filter(({ period }) => behavior !== "none" && period.end > period.start);
  bill.now = bill.periods.length > 0 || (behavior === "always_invoice" && bill.prorations.length > 0);
  if (bill.now) bill.periods.push(...unusedSoFar(change));
  return bill;
};
