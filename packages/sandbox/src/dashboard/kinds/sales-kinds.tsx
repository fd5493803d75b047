/** @jsxImportSource hono/jsx */
import type { CheckoutSession, CreditNote, Discount, InvoiceItem, Quote } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { Badge, Money, Ref, When } from "../frame/cells.js";
import { inWords } from "../frame/tone-of.js";
import { defineKind } from "./kind.js";

export const checkouts = defineKind<CheckoutSession>({
  slug: "checkout_sessions",
  title: "Checkout sessions",
  one: "Checkout session",
  table: (world) => world.checkoutSessions,
  name: ({ mode }) => `Checkout (${mode})`,
  state: ({ status }) => status,
  words: ({ customer_details, client_reference_id }) => [
    customer_details?.email,
    customer_details?.name,
    client_reference_id,
  ],
  columns: [
    { head: "Mode", cell: ({ mode }) => inWords(mode) },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    {
      head: "Amount",
      end: true,
      cell: ({ amount_total, currency }) => <Money amount={amount_total} currency={currency} />,
    },
    { head: "Customer", wide: true, cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
  facts: [{ head: "Expires", cell: ({ expires_at }) => <When at={expires_at} /> }],
});

export const creditNotes = defineKind<CreditNote>({
  slug: "credit_notes",
  title: "Credit notes",
  one: "Credit note",
  table: (world) => world.creditNotes,
  name: ({ number }) => number,
  state: ({ status }) => status,
  columns: [
    { head: "Number", cell: ({ number }) => number },
    {
      head: "Amount",
      end: true,
      cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
    },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Invoice", cell: ({ invoice }, desk) => <Ref desk={desk} id={invoice} /> },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
});

export const invoiceItems = defineKind<InvoiceItem>({
  slug: "invoice_items",
  title: "Invoice items",
  one: "Invoice item",
  table: (world) => world.invoiceItems,
  name: ({ description, id }) => description ?? id,
  columns: [
    { head: "What", cell: ({ description, id }) => description ?? <code>{id}</code> },
    {
      head: "Amount",
      end: true,
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    { head: "Customer", wide: true, cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    { head: "Invoice", wide: true, cell: ({ invoice }, desk) => <Ref desk={desk} id={invoice} /> },
  ],
});

export const quotes = defineKind<Quote>({
  slug: "quotes",
  title: "Quotes",
  one: "Quote",
  table: (world) => world.quotes,
  name: ({ number, id }) => number ?? id,
  state: ({ status }) => status,
  columns: [
    { head: "Number", cell: ({ number, id }) => number ?? <code>{id}</code> },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    {
      head: "Amount",
      end: true,
      cell: ({ amount_total, currency }) => <Money amount={amount_total} currency={currency} />,
    },
    { head: "Customer", wide: true, cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
  ],
});

const couponName = (world: World, { id, source }: Discount): string => {
  const coupon = typeof source.coupon === "string" ? world.coupons[source.coupon] : undefined;
  return coupon?.name ?? coupon?.id ?? id;
};

export const discounts = defineKind<Discount>({
  slug: "discounts",
  title: "Discounts",
  one: "Discount",
  table: (world) => world.discounts,
  name: (row, world) => couponName(world, row),
  columns: [
    { head: "Coupon", cell: (row, { room }) => couponName(room.world, row) },
    { head: "Customer", cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    {
      head: "Subscription",
      wide: true,
      cell: ({ subscription }, desk) => <Ref desk={desk} id={subscription} />,
    },
    { head: "Starts", wide: true, cell: ({ start }) => <When at={start} /> },
    { head: "Ends", wide: true, cell: ({ end }) => <When at={end} /> },
  ],
});
