/** @jsxImportSource hono/jsx */
import type {
  Invoice,
  Subscription,
  SubscriptionItem,
  SubscriptionSchedule,
} from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { formatMoney } from "../../pages/format/format-money.js";
import { Badge, Money, Nothing, priceText, productName, Ref, When } from "../frame/cells.js";
import { inWords } from "../frame/tone-of.js";
import { defineKind } from "./kind.js";

const itemName = (world: World, { price, quantity }: SubscriptionItem): string =>
  `${productName(world, price.product) ?? price.id}${(quantity ?? 1) === 1 ? "" : ` × ${quantity}`}`;

const planName = (world: World, { items }: Subscription): string =>
  items.data.map((item) => itemName(world, item)).join(", ");

const periodEnd = ({ items }: Subscription): number | undefined =>
  items.data.length > 0 ? Math.min(...items.data.map((item) => item.current_period_end)) : undefined;

const ending = ({ cancel_at, canceled_at, ended_at }: Subscription): number | null =>
  ended_at ?? cancel_at ?? canceled_at;

const subscriptions = defineKind<Subscription>({
  slug: "subscriptions",
  title: "Subscriptions",
  one: "Subscription",
  table: (world) => world.subscriptions,
  name: (row, world) => planName(world, row) || row.id,
  state: ({ status, pause_collection }) => (pause_collection ? "paused" : status),
  words: ({ status, customer }, world) => {
    const owner = world.customers[customer as string];
    return [status, owner?.email, owner?.name];
  },
  columns: [
    { head: "Plan", cell: (row, { room }) => planName(room.world, row) || row.id },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Customer", cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    {
      head: "Price",
      wide: true,
      cell: ({ items: { data } }) => (data[0] ? priceText(data[0].price) : <Nothing />),
    },
    { head: "Period ends", wide: true, cell: (row) => <When at={periodEnd(row)} /> },
  ],
  facts: [
    { head: "Started", cell: ({ start_date }) => <When at={start_date} /> },
    { head: "Trial ends", cell: ({ trial_end }) => <When at={trial_end} /> },
    { head: "Ends", cell: (row) => <When at={ending(row)} /> },
    { head: "Latest invoice", cell: ({ latest_invoice }, desk) => <Ref desk={desk} id={latest_invoice} /> },
  ],
});

const invoices = defineKind<Invoice>({
  slug: "invoices",
  title: "Invoices",
  one: "Invoice",
  table: (world) => world.invoices,
  name: ({ number, total, currency, id }) =>
    number ?? (id ? `Draft of ${formatMoney(total, currency)}` : "Draft"),
  state: ({ status }) => status,
  words: ({ customer_email, customer_name, status }) => [customer_email, customer_name, status],
  columns: [
    { head: "Number", cell: ({ number }) => number ?? "Draft" },
    {
      head: "Amount",
      end: true,
      cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
    },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Customer", wide: true, cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    { head: "Reason", wide: true, cell: ({ billing_reason }) => inWords(billing_reason ?? "manual") },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
  facts: [
    {
      head: "Remaining",
      cell: ({ amount_remaining, currency }) => <Money amount={amount_remaining} currency={currency} />,
    },
    { head: "Attempts", cell: ({ attempt_count }) => attempt_count },
    { head: "Next attempt", cell: ({ next_payment_attempt }) => <When at={next_payment_attempt} /> },
    { head: "Due", cell: ({ due_date }) => <When at={due_date} /> },
  ],
});

const schedules = defineKind<SubscriptionSchedule>({
  slug: "subscription_schedules",
  title: "Subscription schedules",
  one: "Subscription schedule",
  table: (world) => world.subscriptionSchedules,
  name: ({ id }) => id,
  state: ({ status }) => status,
  columns: [
    { head: "Schedule", cell: ({ id }) => <code>{id}</code> },
    { head: "Status", cell: ({ status }) => <Badge state={status} /> },
    { head: "Customer", cell: ({ customer }, desk) => <Ref desk={desk} id={customer} /> },
    { head: "Phases", wide: true, end: true, cell: ({ phases }) => phases.length },
    { head: "Phase ends", wide: true, cell: ({ current_phase }) => <When at={current_phase?.end_date} /> },
  ],
});

/** What runs and what was billed. */
export const billingKinds = [subscriptions, invoices, schedules];
