/** @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { find } from "../../engine/world/find.js";
import type { Charge } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { DueHead } from "../invoices/due-head.js";
import { invoiceCss } from "../invoices/invoice-css.js";
import { InvoiceSheet } from "../invoices/invoice-sheet.js";
import { Page } from "../kit/page.js";
import { showMissing } from "../kit/show-missing.js";
import { messagesFor } from "../words/messages-for.js";
import { describeReceipt, localesOfPayer } from "./describe-receipt.js";

/** `/receipts/payment/:charge`: where a charge's `receipt_url` leads. */
export function receiptPages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/receipts/payment/:charge", (c) => {
    const charge = find<Charge>(room.world.charges, c.req.param("charge"));
    if (!charge || charge.receipt_url === null) return showMissing(c);
    const language = messagesFor(...localesOfPayer(room.world, charge), c.req.header("accept-language"));
    const doc = describeReceipt(room.world, charge, language);
    return c.html(
      <Page title={`${doc.title} · ${doc.merchant}`} css={invoiceCss} language={language}>
        <main class="invoice">
          <section class="due" aria-labelledby="due-title">
            <DueHead doc={doc} />
          </section>
          <InvoiceSheet doc={doc} language={language} />
        </main>
      </Page>,
    );
  });
  return pages;
}
