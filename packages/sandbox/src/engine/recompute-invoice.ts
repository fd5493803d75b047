import type { Invoice } from "./wire.js";
import type { World } from "./world.js";

/** Works a draft's amounts out again from its lines; call it after every change of them. */
export const recomputeInvoice = (_world: World, invoice: Invoice): void => {
  const total = invoice.lines.data.reduce((sum, line) => sum + line.amount, 0);
  invoice.subtotal = total;
  invoice.subtotal_excluding_tax = total;
  invoice.total = total;
  invoice.total_excluding_tax = total;
  invoice.amount_due = Math.max(0, total);
  invoice.amount_remaining = invoice.amount_due;
};
