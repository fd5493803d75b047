/** @jsxImportSource hono/jsx */
import type { TestClock } from "../../engine/world/wire.js";
import type { Table, World } from "../../engine/world/world.js";
import { Badge, Nothing, When } from "../frame/cells.js";
import { defineKind, type Kind, type Row } from "./kind.js";
import { checkouts, creditNotes, discounts, invoiceItems, quotes } from "./sales-kinds.js";

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

const invoicing = [
  invoiceItems,
  plain("invoice_payments", "Invoice payments", "Invoice payment", (world) => world.invoicePayments),
  creditNotes,
  discounts,
  plain(
    "customer_balance_transactions",
    "Customer balance",
    "Customer balance transaction",
    (world) => world.customerBalanceTransactions,
  ),
];

const backstage = [
  plain(
    "balance_transactions",
    "Balance transactions",
    "Balance transaction",
    (world) => world.balanceTransactions,
  ),
  plain(
    "confirmation_tokens",
    "Confirmation tokens",
    "Confirmation token",
    (world) => world.confirmationTokens,
  ),
  plain(
    "portal_configurations",
    "Portal configurations",
    "Portal configuration",
    (world) => world.portalConfigurations,
  ),
  plain("portal_sessions", "Portal sessions", "Portal session", (world) => world.portalSessions),
  testClocks,
  plain("webhook_endpoints", "Webhook endpoints", "Webhook endpoint", (world) => world.webhookEndpoints),
];

/** Everything else that has an id, as the overview groups it. */
export const otherGroups: ReadonlyArray<{ title: string; kinds: readonly Kind[] }> = [
  {
    title: "Checkout and quotes",
    kinds: [
      checkouts,
      plain("payment_links", "Payment links", "Payment link", (world) => world.paymentLinks),
      quotes,
    ],
  },
  { title: "Invoicing", kinds: invoicing },
  {
    title: "Taxes and shipping",
    kinds: [
      plain("tax_rates", "Tax rates", "Tax rate", (world) => world.taxRates),
      plain("tax_ids", "Tax ids", "Tax id", (world) => world.taxIds),
      plain("shipping_rates", "Shipping rates", "Shipping rate", (world) => world.shippingRates),
    ],
  },
  {
    title: "Usage and access",
    kinds: [
      plain("meters", "Meters", "Meter", (world) => world.meters),
      plain("features", "Features", "Feature", (world) => world.features),
      plain("product_features", "Product features", "Product feature", (world) => world.productFeatures),
    ],
  },
  { title: "Behind the scenes", kinds: backstage },
];
