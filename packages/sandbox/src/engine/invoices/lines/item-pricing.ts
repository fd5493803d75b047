import type { Context } from "../../world/context.js";
import type { InvoiceItem } from "../../world/wire.js";

/** How a request says what something costs; invoice items and invoice lines say it in the same way. */
export type ItemPricing = {
  amount?: number;
  currency?: string;
  description?: string | null;
  price_data?:
    | {
        currency?: string;
        product?: string;
        product_data?: { name: string };
        tax_behavior?: "exclusive" | "inclusive" | "unspecified";
        unit_amount?: number;
        unit_amount_decimal?: string;
      }
    | undefined;
  pricing?: { price?: string };
  quantity?: number;
  quantity_decimal?: string;
  unit_amount_decimal?: string;
};

/** What something costs, once read: the price behind it exists or is about to be minted. */
export type ItemCost = {
  amount: number;
  currency: string;
  description: string | null;
  quantity: number;
  quantityDecimal: string;
  /** Creates the price if need be; call it once everything else has been checked. */
  pricing: (ctx: Context) => NonNullable<InvoiceItem["pricing"]>;
};
