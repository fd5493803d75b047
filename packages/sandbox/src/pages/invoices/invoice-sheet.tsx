/** @jsxImportSource hono/jsx */

import type { Language } from "../words/messages-for.js";
import type { InvoiceDocument } from "./describe-invoice.js";

type SheetProps = { doc: InvoiceDocument; language: Language };

/** The invoice itself: who, what, and how much. */
export const InvoiceSheet = ({ doc, language }: SheetProps) => (
  <article class="sheet" aria-labelledby="sheet-title">
    <div class="title">
      <h1 id="sheet-title">{doc.title}</h1>
      <span class={`badge ${doc.status.tone}`}>{doc.status.label}</span>
    </div>
    <dl class="facts">
      {doc.facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <div class="parties">
      <div>
        <p>
          <strong>{doc.merchant}</strong>
        </p>
      </div>
      <Party title={language.text.invoice.billTo} lines={doc.billTo} />
      <Party title={language.text.invoice.shipTo} lines={doc.shipTo} />
    </div>
    {doc.memo ? <p class="words">{doc.memo}</p> : null}
    <Rows doc={doc} language={language} />
    <dl class="totals">
      {doc.totals.map(({ label, amount, strong }) => (
        <div key={label} class={strong ? "strong" : ""}>
          <dt>{label}</dt>
          <dd class="money">{amount}</dd>
        </div>
      ))}
    </dl>
    {doc.footer ? <p class="words muted">{doc.footer}</p> : null}
  </article>
);

const Party = ({ title, lines }: { title: string; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <div>
      <h2>{title}</h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );

const Rows = ({ doc, language }: SheetProps) => {
  const { invoice } = language.text;
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{invoice.description}</th>
          <th scope="col" class="end roomy">
            {invoice.quantity}
          </th>
          <th scope="col" class="end roomy">
            {invoice.unitPrice}
          </th>
          <th scope="col" class="end">
            {invoice.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {doc.rows.map((row) => (
          <tr key={row.id}>
            <td>
              {row.name}
              {row.detail ? <p class="muted small">{row.detail}</p> : null}
            </td>
            <td class="end roomy money">{row.quantity}</td>
            <td class="end roomy money">{row.unit}</td>
            <td class="end money">{row.amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
