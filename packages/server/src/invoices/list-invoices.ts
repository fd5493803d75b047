import { BillingError, type Invoice } from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { type InvoiceAccount, listInvoiceAccounts } from "./invoice-accounts.js";

/** One page of what a customer was billed. */
export interface InvoicePage {
  /** The newest first, without drafts. */
  readonly invoices: readonly Invoice[];
  /** For the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** Which page. */
export interface PageChoice {
  readonly customerId: string;
  readonly after?: string | undefined;
  /** @default 12 */
  readonly limit?: number | undefined;
}

const longestPage = 100;

/**
 * A page of a customer's invoices. Of several providers each has its turn, the one that bills them first; the cursor says
 * whose turn it is.
 *
 * @throws BillingError `invalid_query`, `not_supported`
 */
export async function listInvoices(
  everyone: BillingContext,
  { customerId, after, limit = 12 }: PageChoice,
): Promise<InvoicePage> {
  if (!Number.isInteger(limit) || limit < 1 || limit > longestPage) {
    throw new BillingError("invalid_query", `\`limit\` must be a whole number from 1 to ${longestPage}.`);
  }
  const accounts = await listInvoiceAccounts(everyone, customerId);
  const { at, cursor } = after === undefined ? { at: 0, cursor: null } : readCursor(accounts, after);
  const account = accounts[at];
  if (account === undefined) return { invoices: [], next: null };
  const { providerCustomerId } = account.link;
  const { items, next } = await account.invoices.list({ providerCustomerId, after: cursor, limit });
  return { invoices: items, next: toCursor(accounts, at, next) };
}

/** After the last page of one account comes the first of the next. */
function toCursor(accounts: readonly InvoiceAccount[], at: number, next: string | null): string | null {
  const account = accounts[next === null ? at + 1 : at];
  return account === undefined ? null : `${account.link.provider}/${next ?? ""}`;
}

function readCursor(accounts: readonly InvoiceAccount[], after: string) {
  const [provider, cursor = ""] = after.split("/");
  const at = accounts.findIndex(({ link }) => link.provider === provider);
  if (at >= 0 && /^\w*$/.test(cursor)) return { at, cursor: cursor === "" ? null : cursor };
  throw new BillingError("invalid_query", "`after` is not the `next` of a page.");
}
