import { type Context, day, seconds } from "../../world/context.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { Invoice } from "../../world/wire.js";

type DueFields = { days_until_due?: number | null; due_date?: number | null };

/** Refuses a due date where the card is charged, and its absence where an invoice is sent. */
export const checkDueDate = (
  collection: Invoice["collection_method"],
  fields: DueFields,
  { needsDate }: { needsDate: boolean },
): void => {
  const named = fields.days_until_due != null || fields.due_date != null;
  if (fields.days_until_due != null && fields.due_date != null)
    throw invalidRequest(
      "You may only specify one of these parameters: days_until_due, due_date.",
      "parameters_exclusive",
      "due_date",
    );
  if (collection === "send_invoice" && needsDate && !named)
    throw invalidRequest(
      "If invoice collection method is 'send_invoice', you must specify 'due_date' or 'days_until_due'.",
    );
  if (collection !== "send_invoice" && named)
    throw invalidRequest(
      "You can only specify 'due_date' or 'days_until_due' if invoice collection method is 'send_invoice'.",
    );
};

/** When the money is expected, in seconds, or null. */
export const dueDateOf = (ctx: Context, created: number, fields: DueFields): number | null => {
  if (fields.days_until_due != null) return created + fields.days_until_due * day;
  if (fields.due_date == null) return null;
  if (fields.due_date <= seconds(ctx))
    throw invalidRequest("The due date must be in the future.", undefined, "due_date");
  return fields.due_date;
};
