import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { connect, payer, recurringPrice, refusal } from "../../../test/connect.js";

const bytesOf = async (stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const offer = async () => {
  const shop = await connect();
  const [customer, price] = [await payer(shop.stripe), await recurringPrice(shop.stripe, 1000)];
  const quote = await shop.stripe.quotes.create({
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 3 }],
  });
  return { ...shop, quote };
};

describe("the PDF of a quote", () => {
  it("is downloaded with the SDK once the quote is finalized", async () => {
    const { stripe, quote } = await offer();
    await stripe.quotes.finalizeQuote(quote.id);
    const bytes = await bytesOf((await stripe.quotes.pdf(quote.id)) as unknown as AsyncIterable<Uint8Array>);
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
    expect([pdf.getTitle(), pdf.getPageCount()]).toEqual([expect.stringMatching(/^Quote QT-/), 1]);
    const again = await bytesOf((await stripe.quotes.pdf(quote.id)) as unknown as AsyncIterable<Uint8Array>);
    expect(Buffer.compare(bytes, again)).toBe(0);
  });

  it("is not there for a draft, for nobody's quote, or without a key", async () => {
    const { stripe, sandbox, quote } = await offer();
    expect((await refusal(stripe.quotes.pdf(quote.id))).statusCode).toBe(400);
    expect((await refusal(stripe.quotes.pdf("qt_none"))).statusCode).toBe(404);
    expect((await fetch(`${sandbox.url}/v1/quotes/${quote.id}/pdf`)).status).toBe(401);
  });
});
