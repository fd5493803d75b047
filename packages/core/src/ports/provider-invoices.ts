import type { Invoice, UpcomingInvoice } from "../language/invoice.js";
import type { ProviderPage, SubscriptionRef } from "./provider-subscriptions.js";

/** What became of a payment that somebody asked for. */
export type InvoicePayment =
  | { readonly status: "paid" }
  /** The money is on its way: a bank debit takes days. */
  | { readonly status: "processing" }
  /**
   * The browser confirms it: by 3-D Secure, or with the way of paying that the person enters, because none is on file.
   */
  | { readonly status: "requires_action" | "requires_payment_method"; readonly clientSecret: string }
  /** It stays open. */
  | { readonly status: "declined"; readonly reason: string | null };

/** What customers were billed. */
export interface ProviderInvoices {
  /**
   * A customer's invoices, the newest first, without drafts; none for a customer that the provider does not have.
   *
   * @throws BillingError `invalid_query` for an `after` that is no invoice
   */
  list(input: {
    readonly providerCustomerId: string;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<ProviderPage<Invoice>>;

  /** `null` when there is none of this id, or it is somebody else's. */
  read(input: { readonly invoiceId: string; readonly providerCustomerId: string }): Promise<Invoice | null>;

  /**
   * Pays an open invoice with what pays for it by itself, while the person is there to answer their bank. Called again,
   * also at once and with another key, it never charges twice. Absent: it is paid on the provider's own pages.
   */
  pay?(input: {
    readonly invoiceId: string;
    readonly providerCustomerId: string;
    readonly idempotencyKey: string;
  }): Promise<InvoicePayment>;

  /** `null` when none is to come. Absent: the provider doesn't say. */
  upcoming?(subscription: SubscriptionRef): Promise<UpcomingInvoice | null>;
}
