import { find, need } from "../world/find.js";
import type { LineItem, PaymentLink } from "../world/wire.js";
import type { World } from "../world/world.js";
import type { PaymentLinkUpdate } from "./payment-link-fields.js";

/** What a link sells. */
export const linesOf = (world: World, link: PaymentLink): LineItem[] =>
  find(world.hidden.paymentLinkLines, link.id) ?? [];

type Given = PaymentLinkUpdate["line_items"];

/** Refuses a change of lines that the link does not have. */
export const checkLinkLines = (world: World, link: PaymentLink, given: Given): void => {
  const lines = Object.fromEntries(linesOf(world, link).map((line) => [line.id, line]));
  for (const [index, { id }] of (given ?? []).entries())
    need(lines, "line item", id ?? "", `line_items[${index}][id]`);
};

/** Changes how many of a link's lines are sold, checked before. */
export const updateLinkLines = (world: World, link: PaymentLink, given: Given): void => {
  for (const { id, quantity, adjustable_quantity: adjust } of given ?? []) {
    const line = linesOf(world, link).find((row) => row.id === id);
    if (!line) continue;
    if (quantity !== undefined) {
      const unit = line.quantity ? line.amount_subtotal / line.quantity : 0;
      line.quantity = quantity;
      line.amount_subtotal = unit * quantity;
      line.amount_total = line.amount_subtotal;
    }
    if (adjust)
      line.adjustable_quantity = adjust.enabled
        ? { enabled: true, minimum: adjust.minimum ?? 0, maximum: adjust.maximum ?? 99 }
        : null;
  }
};
