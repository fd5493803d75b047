/** @jsxImportSource hono/jsx */
import type { Charge, Dispute, PaymentIntent, Refund, SetupIntent } from "../../engine/world/wire.js";
import { formatMoney } from "../../pages/format/format-money.js";
import { Badge, Money, Nothing, Ref, When } from "../frame/cells.js";
import { inWords } from "../frame/tone-of.js";
import { defineKind } from "./kind.js";

const payments = defineKind<PaymentIntent>({
  slug: "payments",
  title: "Payments",
  one: "Payment",
  table: (world) => world.paymentIntents,
  name: ({ amount, currency }) => formatMoney(amount, currency),
  state: ({ status }) => status,
  words: ({ status, description, receipt_email }) => [status, description, receipt_email],
  columns: [
    { head: "Amount", cell: ({ amount, currency }) => <Money amount={amount} currency={currency} /> },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Customer", cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    {
      head: "Last failure",
      wide: true,
      cell: ({ last_payment_error: error }) =>
        error ? inWords(error.decline_code ?? error.code ?? "failed") : <Nothing />,
    },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
  facts: [
    { head: "Payment method", cell: ({ payment_method }, desk) => <Ref desk={desk} id={payment_method} /> },
    {
      head: "Invoice",
      cell: ({ id }, desk) => <Ref desk={desk} id={desk.room.world.hidden.invoiceOfIntent[id]} />,
    },
    { head: "Latest charge", cell: ({ latest_charge }, desk) => <Ref desk={desk} id={latest_charge} /> },
  ],
});

const charges = defineKind<Charge>({
  slug: "charges",
  title: "Charges",
  one: "Charge",
  table: (world) => world.charges,
  name: ({ amount, currency }) => formatMoney(amount, currency),
  state: ({ disputed, refunded, status }) => (disputed ? "disputed" : refunded ? "refunded" : status),
  words: ({ status, billing_details }) => [status, billing_details.email, billing_details.name],
  columns: [
    { head: "Amount", cell: ({ amount, currency }) => <Money amount={amount} currency={currency} /> },
    {
      head: "Status",
      cell: ({ disputed, refunded, status }) => (
        <Badge state={disputed ? "disputed" : refunded ? "refunded" : status} />
      ),
    },
    { head: "Customer", cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    {
      head: "Refunded",
      wide: true,
      cell: ({ amount_refunded, currency }) =>
        amount_refunded > 0 ? <Money amount={amount_refunded} currency={currency} /> : <Nothing />,
    },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
  facts: [
    { head: "Payment", cell: ({ payment_intent }, desk) => <Ref desk={desk} id={payment_intent} /> },
    { head: "Payment method", cell: ({ payment_method }, desk) => <Ref desk={desk} id={payment_method} /> },
    { head: "Failure", cell: ({ failure_message }) => failure_message ?? <Nothing /> },
  ],
});

const refunds = defineKind<Refund>({
  slug: "refunds",
  title: "Refunds",
  one: "Refund",
  table: (world) => world.refunds,
  name: ({ amount, currency }) => formatMoney(amount, currency),
  state: ({ status }) => status,
  columns: [
    { head: "Amount", cell: ({ amount, currency }) => <Money amount={amount} currency={currency} /> },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Charge", cell: ({ charge }, desk) => <Ref desk={desk} id={charge} /> },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
});

const disputes = defineKind<Dispute>({
  slug: "disputes",
  title: "Disputes",
  one: "Dispute",
  table: (world) => world.disputes,
  name: ({ amount, currency }) => formatMoney(amount, currency),
  state: ({ status }) => status,
  words: ({ reason, status }) => [reason, status],
  columns: [
    { head: "Amount", cell: ({ amount, currency }) => <Money amount={amount} currency={currency} /> },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Reason", cell: ({ reason }) => inWords(reason) },
    { head: "Charge", wide: true, cell: ({ charge }, desk) => <Ref desk={desk} id={charge} /> },
    { head: "Answer by", wide: true, cell: ({ evidence_details }) => <When at={evidence_details.due_by} /> },
  ],
});

const setups = defineKind<SetupIntent>({
  slug: "setup_intents",
  title: "Setup intents",
  one: "Setup intent",
  table: (world) => world.setupIntents,
  name: ({ id }) => id,
  state: ({ status }) => status,
  columns: [
    { head: "Setup", cell: ({ id }) => <code>{id}</code> },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Customer", cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
});

/** Money on its way. */
export const paymentKinds = [payments, charges, refunds, disputes, setups];
