/** @jsxImportSource hono/jsx */
import { find } from "../../engine/world/find.js";
import type { Customer, PaymentMethod } from "../../engine/world/wire.js";
import { customerName, Money, Nothing, Ref, When } from "../frame/cells.js";
import { defineKind } from "./kind.js";

/** `Visa •••• 4242`. */
const methodName = ({ card, type }: PaymentMethod): string => {
  const brand = card?.brand ?? type;
  return `${brand.charAt(0).toUpperCase()}${brand.slice(1).replaceAll("_", " ")}${card ? ` •••• ${card.last4}` : ""}`;
};

const expiry = ({ card }: PaymentMethod): string | undefined =>
  card && `${String(card.exp_month).padStart(2, "0")} / ${card.exp_year}`;

/** Who pays, and with what. */
export const customerKinds = [
  defineKind<Customer>({
    slug: "customers",
    title: "Customers",
    one: "Customer",
    table: (world) => world.customers,
    name: customerName,
    state: ({ id, delinquent }, world) =>
      find(world.deletedCustomers, id) ? "deleted" : delinquent ? "past_due" : null,
    words: ({ email, name, phone, description }) => [email, name, phone, description],
    columns: [
      { head: "Name", cell: ({ name, email, id }) => name ?? email ?? id },
      { head: "Email", cell: ({ email }) => email ?? <Nothing /> },
      {
        head: "Default payment method",
        wide: true,
        cell: ({ invoice_settings }, desk) => (
          <Ref desk={desk} id={invoice_settings.default_payment_method} />
        ),
      },
      { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
    ],
    facts: [
      {
        head: "Balance",
        cell: ({ balance, currency }) => <Money amount={balance} currency={currency ?? "usd"} />,
      },
      { head: "Test clock", cell: ({ test_clock }, desk) => <Ref desk={desk} id={test_clock} /> },
    ],
  }),
  defineKind<PaymentMethod>({
    slug: "payment_methods",
    title: "Payment methods",
    one: "Payment method",
    table: (world) => world.paymentMethods,
    name: methodName,
    words: ({ billing_details }) => [billing_details.email, billing_details.name],
    columns: [
      { head: "Method", cell: methodName },
      { head: "Customer", cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
      { head: "Expires", cell: (method) => expiry(method) ?? <Nothing /> },
      { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
    ],
  }),
];
