import { PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import type { Language } from "../words/messages-for.js";
import type { InvoiceDocument, InvoiceRow } from "./describe-invoice.js";
import {
  down,
  drawRule,
  numberPages,
  type Pen,
  paragraph,
  right,
  sheet,
  turn,
  wrap,
  write,
} from "./pdf-pen.js";

/** The fonts that every PDF reader has write Western European letters only. */
const unwritable = ["ja", "zh", "ko", "ar", "he", "fa"];

/** Whether the PDF can be written in a language. */
export const canWrite = ({ tag }: Language): boolean => !unwritable.includes(tag.split("-")[0] ?? "");

const columns = { quantity: 372, unit: 460 };

const head = (pen: Pen, { text }: Language): void => {
  const style = { size: 9, muted: true };
  write(pen, text.invoice.description, style);
  write(pen, text.invoice.quantity, { ...style, end: columns.quantity });
  write(pen, text.invoice.unitPrice, { ...style, end: columns.unit });
  write(pen, text.invoice.amount, { ...style, end: right });
  pen.y -= 8;
  drawRule(pen);
  pen.y -= 16;
};

const row = (pen: Pen, entry: InvoiceRow, language: Language): void => {
  const parts = wrap(pen.fonts.plain, entry.name, 10, columns.quantity - sheet.margin - 60);
  if (pen.y - parts.length * 14 < sheet.margin + 40) {
    turn(pen);
    head(pen, language);
  }
  write(pen, entry.quantity, { end: columns.quantity });
  write(pen, entry.unit, { end: columns.unit });
  write(pen, entry.amount, { end: right });
  for (const part of parts) {
    write(pen, part, {});
    pen.y -= 14;
  }
  if (entry.detail) {
    write(pen, entry.detail, { size: 9, muted: true });
    pen.y -= 13;
  }
  pen.y -= 6;
};

const top = (pen: Pen, doc: InvoiceDocument): void => {
  write(pen, doc.title, { size: 22, bold: true });
  write(pen, doc.merchant, { end: right, size: 12, bold: true });
  down(pen, 30);
  for (const [label, value] of doc.facts) {
    write(pen, label, { size: 9, muted: true });
    write(pen, value, { x: 170 });
    down(pen, 15);
  }
  write(pen, doc.status.label, { size: 9, muted: true });
  down(pen, 20);
};

const party = (pen: Pen, title: string, lines: readonly string[]): void => {
  if (lines.length === 0) return;
  write(pen, title, { size: 9, muted: true });
  down(pen, 14);
  for (const text of lines) {
    write(pen, text, {});
    down(pen, 14);
  }
  down(pen, 8);
};

/**
 * Draws an invoice as PDF, on as many pages as it takes. The same invoice gives the same bytes: the dates inside
 * are `at`, in seconds since 1970. What the standard fonts can't write becomes a question mark.
 */
export const drawInvoice = async (
  doc: InvoiceDocument,
  { language, at }: { language: Language; at: number },
): Promise<Uint8Array<ArrayBuffer>> => {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const fonts = {
    plain: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
  };
  pdf.setTitle(`${doc.title} ${doc.facts[0]?.[1] ?? ""}`.trim());
  pdf.setAuthor(doc.merchant);
  pdf.setProducer("Sandbox");
  pdf.setCreationDate(new Date(at * 1000));
  pdf.setModificationDate(new Date(at * 1000));
  const page = pdf.addPage([sheet.width, sheet.height]);
  const pen: Pen = { pdf, page, fonts, y: sheet.height - sheet.margin - 12 };
  top(pen, doc);
  party(pen, language.text.invoice.billTo, doc.billTo);
  party(pen, language.text.invoice.shipTo, doc.shipTo);
  write(pen, `${doc.headline}${doc.headlineDetail ? `  ${doc.headlineDetail}` : ""}`, {
    size: 16,
    bold: true,
  });
  down(pen, 30);
  if (doc.memo) {
    paragraph(pen, doc.memo);
    down(pen, 8);
  }
  head(pen, language);
  for (const entry of doc.rows) row(pen, entry, language);
  drawRule(pen);
  down(pen, 18, doc.totals.length * 17 + 20);
  for (const { label, amount, strong } of doc.totals) {
    write(pen, label, { x: 330, bold: strong, muted: !strong });
    write(pen, amount, { end: right, bold: strong });
    down(pen, 17);
  }
  if (doc.footer) {
    down(pen, 16);
    paragraph(pen, doc.footer, { size: 9, muted: true });
  }
  numberPages(pen, language.text.invoice.page);
  return new Uint8Array(await pdf.save());
};
