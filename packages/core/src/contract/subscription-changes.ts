import * as z from "zod";
import { accessResponse } from "./access.js";
import { addOns, interval, invoiceLine, minorUnits, quantity, time } from "./fields.js";
import type { Routes } from "./route.js";

const choice = {
  planId: z.string().min(1).max(64),
  /** @default theirs, if the plan is sold that way */
  interval: interval.optional(),
  /** @default theirs, as far as the plan is sold that way */
  quantity,
  /** How many of each add-on, in place of all that are held; 0 is none. @default those that are held stay */
  addOns,
};

/** The body of POST /subscription/preview. */
export const changePreviewRequest = z.strictObject(choice);
export type ChangePreviewRequest = z.input<typeof changePreviewRequest>;

/** The body of POST /subscription/change. */
export const changeRequest = z.strictObject({
  ...choice,
  /** The `token` of the preview that the person agreed to. @default whatever it costs */
  preview: z.string().min(1).max(128).optional(),
});
export type ChangeRequest = z.input<typeof changeRequest>;

/** The body of POST /subscription/undo-change. */
export const undoChangeRequest = z.strictObject({
  /** A plan of the group whose change is meant. @default every one that waits */
  planId: z.string().min(1).max(64).optional(),
});
export type UndoChangeRequest = z.input<typeof undoChangeRequest>;

const kind = z.enum([
  "upgrade",
  "downgrade",
  "crossgrade",
  "longer_interval",
  "shorter_interval",
  "more_seats",
  "fewer_seats",
  "undo",
]);

/** The body of POST /subscription/preview: amounts in minor units of `currency`. */
export const changePreviewResponse = z.strictObject({
  kind,
  /** `next_invoice`: it takes effect now, and is paid for with the next regular invoice. */
  at: z.enum(["now", "next_invoice", "period_end"]),
  effectiveAt: time,
  planId: z.string(),
  interval,
  quantity: z.int().positive(),
  /**
   * What becomes of each add-on. `moved`: it is billed by the new interval; `included`: the new plan has all that it adds,
   * so that it is taken off. Absent: there are none.
   */
  addOns: z
    .array(
      z.strictObject({
        addOnId: z.string(),
        becomes: z.enum(["stays", "added", "changed", "moved", "removed", "included"]),
        /** How many there are before, and afterwards. */
        from: z.int().nonnegative(),
        to: z.int().nonnegative(),
      }),
    )
    .exactOptional(),
  /**
   * What becomes of each of the catalog's credits that plans grant, if nothing of it is used until then. Absent: none does,
   * or nothing changes.
   */
  credits: z
    .array(
      z.strictObject({
        credit: z.string(),
        /** How many can be used before the change. */
        available: z.int().nonnegative(),
        /** How many of them go with the plan that is left. */
        goes: z.int().nonnegative(),
        /** How many come with it. */
        granted: z.int().nonnegative(),
        /** How many can be used after it. */
        after: z.int().nonnegative(),
        /** How many are owed after it: the next ones of plans and products pay them. */
        owed: z.int().nonnegative(),
      }),
    )
    .exactOptional(),
  currency: z.string(),
  dueNow: minorUnits,
  /** The sum of `lines` and `tax`. */
  total: z.int(),
  lines: z.array(invoiceLine),
  tax: z.int(),
  taxIncluded: z.int(),
  /** What is left of their credit afterwards. */
  credit: minorUnits,
  nextInvoice: z.strictObject({ at: time, total: z.int(), due: minorUnits }).nullable(),
  /** For POST /subscription/change, within half an hour. */
  token: z.string(),
});
export type ChangePreviewResponse = z.infer<typeof changePreviewResponse>;

/** The body of POST /subscription/change. */
export const changeResponse = z.strictObject({
  /**
   * `requires_action`: nothing has changed yet; the browser confirms the payment with `clientSecret`, then asks again
   * with the same body. `processing`: nothing has changed yet, and will when the money arrives.
   */
  status: z.enum(["changed", "scheduled", "undone", "requires_action", "processing"]),
  effectiveAt: time,
  clientSecret: z.string().nullable(),
  access: accessResponse,
});
export type ChangeResponse = z.infer<typeof changeResponse>;

/** The body of POST /subscription/undo-change. */
export const undoChangeResponse = z.strictObject({ undone: z.boolean(), access: accessResponse });
export type UndoChangeResponse = z.infer<typeof undoChangeResponse>;

const refuses = [
  "unknown_plan",
  "plan_not_for_sale",
  "unknown_price",
  "invalid_quantity",
  "unknown_add_on",
  "currency_conflict",
  "nothing_to_manage",
  "nothing_to_change",
  "subscription_ended",
  "subscription_incomplete",
  "subscription_paused",
  "cancel_scheduled",
  "payment_overdue",
  "foreign_schedule",
  "preview_outdated",
  "price_not_pushed",
  "price_not_mapped",
  "not_supported",
  "catalog_of_another_database",
  "invalid_catalog",
] as const;

export const changeRoutes = {
  "POST /subscription/preview": {
    name: "previewChange",
    does: "what another plan, interval, number of seats or other add-ons would cost, and when it would happen",
    who: "manager",
    asksProvider: true,
    limit: "changes",
    body: changePreviewRequest,
    examples: [
      { planId: "pro" },
      { planId: "pro", interval: "year" },
      { planId: "team", interval: "month", quantity: 3 },
      { planId: "pro", addOns: { storage: 2 } },
    ],
    response: changePreviewResponse,
    refuses,
  },
  "POST /subscription/change": {
    name: "changeSubscription",
    does: "changes the subscription for what was previewed, now or when its period ends, or not at all",
    who: "manager",
    asksProvider: true,
    limit: "changes",
    body: changeRequest,
    examples: [{ planId: "pro" }, { planId: "team", quantity: 3 }, { planId: "pro", preview: "qwerty.0123" }],
    response: changeResponse,
    refuses: [...refuses, "payment_failed"],
  },
  "POST /subscription/undo-change": {
    name: "undoChange",
    does: "withdraws the change that waits for the period's end, or for a payment",
    who: "manager",
    asksProvider: true,
    limit: "changes",
    body: undoChangeRequest,
    examples: [{}, { planId: "pro" }],
    response: undoChangeResponse,
    refuses: ["foreign_schedule", "not_supported", "subscription_ended"],
  },
} as const satisfies Routes;
