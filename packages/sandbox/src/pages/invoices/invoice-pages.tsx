/** @jsxImportSource hono/jsx */

import { type Context, Hono } from "hono";
import { isPayable, payHostedInvoice } from "../../engine/paying/pay-hosted-invoice.js";
import { find } from "../../engine/world/find.js";
import type { CreditNote, Invoice } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { toDeclineMessage } from "../cards/decline-message.js";
import { readCardForm } from "../cards/read-card-form.js";
import { readForm } from "../kit/read-form.js";
import { showMissing } from "../kit/show-missing.js";
import { type Language, messagesFor } from "../words/messages-for.js";
import { describeCreditNote } from "./describe-credit-note.js";
import { describeInvoice, type InvoiceDocument, localesOf } from "./describe-invoice.js";
import { type InvoiceRefusal, InvoiceView } from "./invoice-view.js";

const nothingWrong: InvoiceRefusal = { values: {}, errors: {}, failure: undefined };

/** `/i/:account/:token`: where `hosted_invoice_url` leads; `/invoice/:account/:token/pdf`: its PDF. */
export function invoicePages(room: SandboxRoom): Hono {
  const pages = new Hono();
  pages.get("/i/:account/:token", (c) => {
    const invoice = invoiceAt(room, c);
    if (!invoice) return showMissing(c);
    const code = c.req.query("failed");
    const refusal = code ? refusalFor({ code, message: "" }, languageFor(room, invoice, c)) : nothingWrong;
    return show(room, c, invoice, refusal, 200);
  });
  pages.post("/i/:account/:token", async (c) => {
    const invoice = invoiceAt(room, c);
    if (!invoice) return showMissing(c);
    const here = c.req.path;
    if (!isPayable(invoice)) return c.redirect(here, 303);
    const language = languageFor(room, invoice, c);
    const read = readCardForm(await readForm(c), room.now(), language.text);
    if (!("card" in read)) return show(room, c, invoice, { ...read, failure: undefined }, 422);
    const payment = { card: read.card, name: read.values.name || null };
    const outcome = room.mutate((world, ctx) => payHostedInvoice(world, ctx, invoice, payment));
    if (outcome.status === "requires_action")
      return c.redirect(`/3ds/${outcome.intent}?back=${encodeURIComponent(here)}`, 303);
    if (outcome.status !== "failed") return c.redirect(here, 303);
    const refusal = refusalFor(outcome.error, language);
    return show(room, c, invoice, { ...refusal, values: read.values }, 402);
  });
  pages.get("/invoice/:account/:token/pdf", (c) => {
    const invoice = invoiceAt(room, c);
    if (!invoice) return showMissing(c);
    return download(c, languageFor(room, invoice, c), {
      name: `Invoice-${invoice.number ?? invoice.id}`,
      at: invoice.status_transitions.finalized_at ?? invoice.created,
      describe: (language) => describeInvoice(room.world, invoice, language),
    });
  });
  pages.get("/credit_notes/:account/:id/pdf", (c) => {
    const note = find<CreditNote>(room.world.creditNotes, c.req.param("id"));
    const invoice = find<Invoice>(room.world.invoices, note?.invoice as string | undefined);
    if (!note || !invoice) return showMissing(c);
    return download(c, languageFor(room, invoice, c), {
      name: `Credit-note-${note.number}`,
      at: note.created,
      describe: (language) => describeCreditNote(room.world, note, language),
    });
  });
  return pages;
}

type Download = { name: string; at: number; describe: (language: Language) => InvoiceDocument };

async function download(c: Context, wished: Language, { name, at, describe }: Download) {
  // The PDF library is large, and most sandboxes never draw an invoice.
  const { drawInvoice, canWrite } = await import("./invoice-pdf.js");
  const language = canWrite(wished) ? wished : messagesFor();
  const bytes = await drawInvoice(describe(language), { language, at });
  c.header("content-type", "application/pdf");
  c.header("content-disposition", `attachment; filename="${name}.pdf"`);
  return c.body(bytes);
}

function invoiceAt({ world }: SandboxRoom, c: Context): Invoice | undefined {
  if (c.req.param("account") !== world.account.id) return undefined;
  return find<Invoice>(world.invoices, find(world.hidden.invoiceTokens, c.req.param("token")));
}

/** The customer's languages come before the browser's, as with Stripe. */
function languageFor({ world }: SandboxRoom, invoice: Invoice, c: Context): Language {
  return messagesFor(...localesOf(world, invoice), c.req.header("accept-language"));
}

function refusalFor(
  error: { code?: string; decline_code?: string; message: string },
  { text }: Language,
): InvoiceRefusal {
  const { field, message } = toDeclineMessage(
    { ...error, message: error.message || text.decline.tryAgain },
    text,
  );
  return field
    ? { values: {}, errors: { [field]: message }, failure: undefined }
    : { values: {}, errors: {}, failure: message };
}

function show(
  room: SandboxRoom,
  c: Context,
  invoice: Invoice,
  refusal: InvoiceRefusal,
  status: 200 | 402 | 422,
) {
  const language = languageFor(room, invoice, c);
  const page = (
    <InvoiceView
      doc={describeInvoice(room.world, invoice, language)}
      language={language}
      pdf={`${c.req.path.replace(/^\/i\//, "/invoice/")}/pdf?s=ap`}
      payAt={isPayable(invoice) ? c.req.path : undefined}
      refusal={refusal}
    />
  );
  return c.html(page, status);
}
