/** @jsxImportSource hono/jsx */
import type { Delivery } from "../../webhooks/delivery.js";
import { Badge, Breakable } from "../frame/cells.js";
import type { Desk } from "../frame/desk.js";
import { Table, type TableColumn } from "../frame/table.js";

/** What the last attempt came to. */
export const outcomeOf = ({ attempts }: Delivery): string => {
  const last = attempts.at(-1);
  if (!last) return "Not sent yet";
  if (last.status !== null) return `HTTP ${last.status}`;
  return last.chaos === "drop" ? "Dropped on purpose" : "No answer";
};

type DeliveryTableProps = {
  desk: Desk;
  deliveries: Delivery[];
  /** What is not the same in all rows. */
  shows: "both" | "endpoint" | "event";
  empty: string;
};

const columnsOf = ({ base }: Desk, shows: DeliveryTableProps["shows"]): TableColumn<Delivery>[] => [
  {
    head: shows === "endpoint" ? "Endpoint" : "Event",
    cell: ({ id, url, eventType }) => (
      <a href={`${base}/deliveries/${id}`}>
        <Breakable text={shows === "endpoint" ? url : eventType} />
      </a>
    ),
  },
  { head: "State", cell: ({ state }) => <Badge state={state} /> },
  { head: "Last answer", cell: outcomeOf },
  { head: "Attempts", end: true, wide: true, cell: ({ attempts }) => attempts.length },
  ...(shows === "both"
    ? [{ head: "Endpoint", wide: true, cell: ({ url }: Delivery) => <span class="muted">{url}</span> }]
    : []),
];

/** Deliveries, a line each. */
export const DeliveryTable = ({ desk, deliveries, shows, empty }: DeliveryTableProps) => (
  <Table label="Deliveries" columns={columnsOf(desk, shows)} rows={deliveries} empty={empty} />
);
