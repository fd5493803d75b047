import type { Context } from "../../world/context.js";
import { change, emit } from "../../world/emit.js";
import { invalidRequest } from "../../world/stripe-error.js";
import { atCustomer } from "../../world/test-clock.js";
import type { Invoice } from "../../world/wire.js";
import type { World } from "../../world/world.js";
import { recomputeInvoice } from "../totals/recompute-invoice.js";
import { checkLinesEditable, itemOf, needLine } from "./update-lines.js";

/** Takes lines off a draft: their items vanish, or wait for the next invoice again. */
export const removeLines = (
  world: World,
  ctx: Context,
  invoice: Invoice,
  lines: Array<{ id: string; behavior: "delete" | "unassign" }>,
): Invoice => {
  checkLinesEditable(invoice);
  lines.forEach(({ id, behavior }, index) => {
    const line = needLine(invoice, id, `lines[${index}][id]`);
    if (behavior === "unassign" && !itemOf(world, line))
      throw invalidRequest(
        "A subscription's line can't be unassigned.",
        undefined,
        `lines[${index}][behavior]`,
      );
  });
  const at = atCustomer(world, ctx, invoice.customer as string);
  return change(world, at, "invoice.updated", invoice, (draft) => {
    for (const { id, behavior } of lines) {
      const item = itemOf(world, needLine(draft, id));
      draft.lines.data = draft.lines.data.filter((line) => line.id !== id);
      delete world.hidden.taxRatesOfLine[id];
      if (item && behavior === "unassign") item.invoice = null;
      if (!item || behavior === "unassign") continue;
      delete world.invoiceItems[item.id];
      emit(world, at, "invoiceitem.deleted", item);
    }
    recomputeInvoice(world, draft);
  });
};
