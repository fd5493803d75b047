import { type Context, Hono } from "hono";
import type { Customer, LineItem, Quote } from "../../engine/world/wire.js";
import { messagesFor } from "../words/messages-for.js";
import { describeQuote } from "./describe-quote.js";

type Api = { fetch(request: Request): Response | Promise<Response> };
type Found = Omit<Quote, "customer"> & { customer: Customer | { deleted: true } | null };

const notYet = {
  error: {
    type: "invalid_request_error",
    message: "A quote's PDF is only there once the quote was finalized.",
  },
};

const draw = async (c: Context, found: Found, lines: LineItem[], merchant: string): Promise<Response> => {
  const customer = found.customer && !("deleted" in found.customer) ? found.customer : null;
  const { drawInvoice, canWrite } = await import("../invoices/invoice-pdf.js");
  const wished = messagesFor(...(customer?.preferred_locales ?? []));
  const language = canWrite(wished) ? wished : messagesFor();
  const quote: Quote = { ...found, customer: customer?.id ?? null };
  const at = quote.status_transitions.finalized_at ?? quote.created;
  const bytes = await drawInvoice(describeQuote({ quote, customer, lines, merchant }, language), {
    language,
    at,
  });
  c.header("content-type", "application/pdf");
  return c.body(bytes);
};

/**
 * `GET /v1/quotes/:id/pdf`. It reads the quote through the API with the request's own headers, so whoever may
 * read a quote may have its PDF, and nobody else.
 */
export const quotePdf = (api: Api, merchantOf: (path: string) => string): Hono => {
  const pages = new Hono();
  pages.get("/v1/quotes/:id/pdf", async (c) => {
    const read = (path: string): Response | Promise<Response> =>
      api.fetch(new Request(new URL(path, c.req.url), { headers: c.req.raw.headers }));
    const quote = `/v1/quotes/${encodeURIComponent(c.req.param("id"))}`;
    const answer = await read(`${quote}?expand[]=customer`);
    if (!answer.ok) return answer;
    const found = (await answer.json()) as Found;
    if (found.number === null) return c.json(notYet, 400);
    const lines = (await (await read(`${quote}/line_items?limit=100`)).json()) as { data: LineItem[] };
    return draw(c, found, lines.data, merchantOf(c.req.path));
  });
  return pages;
};
