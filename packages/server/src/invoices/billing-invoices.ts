import type { UpcomingInvoice } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { checkCustomerId } from "../customers/billing-customers.js";
import type { SubscriptionChoice } from "../endings/read-managed.js";
import { type InvoicePage, listInvoices, type PageChoice } from "./list-invoices.js";
import { type InvoiceChoice, type PaidInvoice, payInvoice } from "./pay-invoice.js";
import { readUpcoming } from "./upcoming-invoice.js";

/** What customers were billed, and will be; called by your own server code. Nothing of it is stored here. */
export interface BillingInvoices {
  /**
   * A page of a customer's invoices, the newest first, without drafts; empty for somebody who was never billed. Of
   * several providers each has its turn, the one that bills them first.
   *
   * @param choice.after the `next` of the page before
   * @param choice.limit from 1 to 100. @default 12
   * @throws BillingError `invalid_query`, `not_supported`; `invalid_customer_id`, `provider_unavailable`,
   * `provider_rejected`, `store_unavailable`
   * @example
   * const { invoices, next } = await billing.invoices.list({ customerId: "org_1" });
   * for (const { number, issuedAt, total, due, currency, pdfUrl } of invoices) console.log(number, issuedAt, total, due, currency, pdfUrl);
   */
  readonly list: (choice: PageChoice) => Promise<InvoicePage>;
  /**
   * Pays an open invoice with what pays for it by itself, or gives what the browser confirms. Two calls at once charge
   * once, and the subscription that was past due is active when this returns.
   *
   * @throws BillingError `payment_failed` (402, `details.reason` is the issuer's), `invoice_not_open` (409,
   * `details.status`), `not_found` (also for somebody else's), `not_supported`; and as `list`
   * @example
   * const { status, clientSecret } = await billing.invoices.pay({ customerId: "org_1", invoiceId: "in_1" });
   */
  readonly pay: (choice: InvoiceChoice) => Promise<PaidInvoice>;
  /**
   * What the next invoice of a subscription will be if nothing changes; `null` when none is to come.
   *
   * @param choice.group of the subscription with a plan of this group. @default the main plan's
   * @throws BillingError `nothing_to_manage` where none has a plan of that group; `not_supported`; and as `list`
   * @example
   * const upcoming = await billing.invoices.upcoming({ customerId: "org_1" });
   * if (upcoming !== null) console.log(upcoming.at, upcoming.due, upcoming.currency);
   */
  readonly upcoming: (choice: SubscriptionChoice) => Promise<UpcomingInvoice | null>;
}

/** The invoices as `billing.invoices`. */
export function createInvoices({
  open,
  checkCredentials,
}: {
  readonly open: () => Promise<BillingContext>;
  /** @throws BillingError `invalid_options` where production lacks a credential */
  readonly checkCredentials: () => void;
}): BillingInvoices {
  const ready = async ({ customerId }: { readonly customerId: string }) => {
    checkCredentials();
    checkCustomerId(customerId);
    return open();
  };
  return {
    list: async (choice) => listInvoices(await ready(choice), choice),
    pay: async (choice) => payInvoice(await ready(choice), choice),
    upcoming: async (choice) => readUpcoming(await ready(choice), choice),
  };
}
