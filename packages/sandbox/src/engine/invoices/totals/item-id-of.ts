import type { InvoiceLine } from "../../world/wire.js";

/** The id of the invoice item behind a line, or undefined. */
export const itemIdOf = (line: InvoiceLine): string | undefined =>
  line.parent?.invoice_item_details?.invoice_item ??
  line.parent?.subscription_item_details?.invoice_item ??
  undefined;
