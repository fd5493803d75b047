/** @jsxImportSource hono/jsx */
import type { InvoiceDocument } from "./describe-invoice.js";

/** Who wants or got how much, above an invoice or a receipt; it names its section. */
export const DueHead = ({
  doc,
}: {
  doc: Pick<InvoiceDocument, "headline" | "headlineDetail" | "merchant">;
}) => (
  <div class="head">
    <p id="due-title" class="muted">
      {doc.merchant}
    </p>
    <p class="amount money">{doc.headline}</p>
    {doc.headlineDetail ? <p class="muted">{doc.headlineDetail}</p> : null}
  </div>
);
