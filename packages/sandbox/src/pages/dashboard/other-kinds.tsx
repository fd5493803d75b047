/** @jsxImportSource hono/jsx */
import type { CheckoutSession, CreditNote, InvoiceItem, Quote, TestClock } from "../../engine/wire.js";
import type { Table, World } from "../../engine/world.js";
import { Badge, Money, Nothing, Ref, When } from "./cells.js";
import { defineKind, type Kind, type Row } from "./kind.js";
import { inWords } from "./tone-of.js";

const checkouts = defineKind<CheckoutSession>({
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

const creditNotes = defineKind<CreditNote>({
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

const invoiceItems = defineKind<InvoiceItem>({
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

const quotes = defineKind<Quote>({
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

const testClocks = defineKind<TestClock>({
  slug: "test_clocks",
  title: "Test clocks",
  one: "Test clock",
  table: (world) => world.testClocks,
  name: ({ name, id }) => name ?? id,
  state: ({ status }) => status,
  columns: [
    { head: "Name", cell: ({ name, id }) => name ?? <code>{id}</code> },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Its time", cell: ({ frozen_time }) => <When at={frozen_time} /> },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
});

const textAt = (row: Row, name: string): string | undefined => {
  const value: unknown = Reflect.get(row, name);
  return typeof value === "string" && value !== "" ? value : undefined;
};

const label = (row: Row): string =>
  textAt(row, "display_name") ??
  textAt(row, "code") ??
  textAt(row, "value") ??
  textAt(row, "description") ??
  row.id;

const stateOf = (row: Row): string | null => {
  const active: unknown = Reflect.get(row, "active");
  return textAt(row, "status") ?? (typeof active === "boolean" ? (active ? "active" : "archived") : null);
};

/** Kinds that people seldom browse look alike. */
const plain = (
  slug: string,
  title: string,
  one: string,
  table: (world: World) => Table<Row & object>,
): Kind =>
  defineKind<Row>({
    slug,
    title,
    one,
    table,
    name: label,
    state: stateOf,
    columns: [
      { head: one, cell: (row) => (label(row) === row.id ? <code>{row.id}</code> : label(row)) },
      { head: "Status", cell: (row) => (stateOf(row) ? <Badge state={stateOf(row)} /> : <Nothing />) },
      { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
    ],
  });

/** Everything else that has an id. */
export const otherKinds = [
  checkouts,
  plain("payment_links", "Payment links", "Payment link", (world) => world.paymentLinks),
  quotes,
  creditNotes,
  invoiceItems,
  plain("invoice_payments", "Invoice payments", "Invoice payment", (world) => world.invoicePayments),
  plain("discounts", "Discounts", "Discount", (world) => world.discounts as Table<Row>),
  plain("tax_rates", "Tax rates", "Tax rate", (world) => world.taxRates),
  plain("tax_ids", "Tax ids", "Tax id", (world) => world.taxIds),
  plain("shipping_rates", "Shipping rates", "Shipping rate", (world) => world.shippingRates),
  plain(
    "balance_transactions",
    "Balance transactions",
    "Balance transaction",
    (world) => world.balanceTransactions,
  ),
  plain(
    "customer_balance_transactions",
    "Customer balance",
    "Customer balance transaction",
    (world) => world.customerBalanceTransactions,
  ),
  plain("meters", "Meters", "Meter", (world) => world.meters),
  plain("features", "Features", "Feature", (world) => world.features),
  plain("product_features", "Product features", "Product feature", (world) => world.productFeatures),
  plain(
    "portal_configurations",
    "Portal configurations",
    "Portal configuration",
    (world) => world.portalConfigurations,
  ),
  plain("portal_sessions", "Portal sessions", "Portal session", (world) => world.portalSessions),
  plain(
    "confirmation_tokens",
    "Confirmation tokens",
    "Confirmation token",
    (world) => world.confirmationTokens,
  ),
  testClocks,
  plain("webhook_endpoints", "Webhook endpoints", "Webhook endpoint", (world) => world.webhookEndpoints),
];
