import { defaultMethodOf } from "../invoices/paying/pay-invoice.js";
import type { Context } from "../world/context.js";
import { find } from "../world/find.js";
import type { Invoice } from "../world/wire.js";
import type { World } from "../world/world.js";
import { collectInvoice } from "./collect-invoice.js";

/** Tries the customer's overdue bills again with a card that is new. https://docs.stripe.com/api/customers/update */
export const collectOverdue = (world: World, ctx: Context, customer: string): void => {
  for (const subscription of Object.values(world.subscriptions)) {
    if (subscription.customer !== customer || subscription.status !== "past_due") continue;
    const invoice = find<Invoice>(world.invoices, subscription.latest_invoice as string | null);
    const waits = invoice?.status === "open" && invoice.collection_method === "charge_automatically";
    if (waits)
      collectInvoice(world, ctx, invoice, defaultMethodOf(world, subscription), { byMerchant: true });
  }
};
