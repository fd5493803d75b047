import { find } from "./find.js";
import { StripeError } from "./stripe-error.js";
import type { Invoice } from "./wire.js";
import type { World } from "./world.js";

/** An invoice, or a 404. Stripe blames `invoice` on some addresses and `id` on others. */
export const needInvoice = (world: World, id: string, param: "id" | "invoice" = "id"): Invoice => {
  const invoice = find<Invoice>(world.invoices, id);
  if (invoice) return invoice;
  throw new StripeError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    doc_url: "https://docs.stripe.com/error-codes#resource-missing",
    message: `No such invoice: '${id}'`,
    param,
  });
};
