/** @jsxImportSource hono/jsx */
import type { Invoice } from "../engine/wire.js";
import { formatDay, formatMoney } from "./format-money.js";

const invoiceTones: Readonly<Record<string, string>> = { paid: "good", open: "soft", uncollectible: "bad" };

/** What was paid, newest first. */
export const PortalInvoices = ({ invoices }: { invoices: Invoice[] }) => (
  <section aria-labelledby="invoices-title">
    <h2 id="invoices-title">Invoices</h2>
    <div class="panel">
      {invoices.length === 0 ? (
        <p class="muted">Your invoices will appear here.</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label="Invoice list">
          <InvoiceTable invoices={invoices} />
        </section>
      )}
    </div>
  </section>
);

const InvoiceTable = ({ invoices }: { invoices: Invoice[] }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">Date</th>
        <th scope="col" class="wide-only">
          Number
        </th>
        <th scope="col">Status</th>
        <th scope="col">Total</th>
      </tr>
    </thead>
    <tbody>
      {invoices.map((invoice) => (
        <tr key={invoice.id}>
          <td>{formatDay(invoice.created, "short")}</td>
          <td class="muted wide-only">{invoice.number ?? "–"}</td>
          <td>
            <span class={`badge ${invoiceTones[invoice.status ?? ""] ?? ""}`}>
              {toLabel(invoice.status ?? "draft")}
            </span>
          </td>
          <td class="money">{formatMoney(invoice.total, invoice.currency)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

function toLabel(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}
