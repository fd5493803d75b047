/** @jsxImportSource hono/jsx */
import type { Invoice } from "../../engine/world/wire.js";
import type { Language } from "../words/messages-for.js";
import type { PortalRoom } from "./portal-room.js";

const tones = { draft: "", open: "soft", paid: "good", uncollectible: "bad", void: "" } as const;

/** Stripe's statuses are open; an unknown one reads as a draft. */
const statusOf = ({ status }: Invoice): keyof typeof tones =>
  status !== null && status in tones ? (status as keyof typeof tones) : "draft";

/** What was paid, newest first. */
export const PortalInvoices = ({ room: { view, language } }: { room: PortalRoom }) => {
  const words = language.text.portal.invoices;
  return (
    <section aria-labelledby="invoices-title">
      <h2 id="invoices-title">{words.title}</h2>
      <div class="panel">
        {view.invoices.length === 0 ? (
          <p class="muted">{words.none}</p>
        ) : (
          <section class="scroll" tabindex={0} aria-label={words.list}>
            <InvoiceTable invoices={view.invoices} language={language} />
          </section>
        )}
      </div>
    </section>
  );
};

const InvoiceTable = ({ invoices, language }: { invoices: Invoice[]; language: Language }) => {
  const { invoice: statuses, portal } = language.text;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{portal.invoices.date}</th>
          <th scope="col" class="wide-only">
            {portal.invoices.number}
          </th>
          <th scope="col">{portal.invoices.status}</th>
          <th scope="col">{portal.invoices.total}</th>
        </tr>
      </thead>
      <tbody>
        {invoices.map((invoice) => (
          <tr key={invoice.id}>
            <td>{language.day(invoice.created, "short")}</td>
            <td class="muted wide-only">{invoice.number ?? "–"}</td>
            <td>
              <span class={`badge ${tones[statusOf(invoice)]}`}>{statuses[statusOf(invoice)]}</span>
            </td>
            <td class="money">{language.money(invoice.total, invoice.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
