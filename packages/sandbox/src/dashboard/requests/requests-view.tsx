/** @jsxImportSource hono/jsx */
import { isRefused, type LoggedRequest } from "../../requests/logged-request.js";
import type { Desk } from "../frame/desk.js";
import { formatTime } from "../frame/format-time.js";
import { Frame } from "../frame/frame.js";
import { Pages, type Slice } from "../frame/paging.js";
import { SelectField } from "../frame/select-field.js";
import { Table, type TableColumn } from "../frame/table.js";
import { Path } from "../shared/path.js";
import type { RequestFilter } from "./match-request.js";

/** The status of an answer, in its colour. */
export const StatusBadge = ({ request }: { request: Pick<LoggedRequest, "status"> }) => (
  <span class={`badge ${isRefused(request) ? "bad" : "good"}`}>{request.status}</span>
);

const columnsOf = ({ base }: Desk): TableColumn<LoggedRequest>[] => [
  {
    head: "Request",
    cell: ({ id, method, path }) => (
      <a href={`${base}/requests/${id}`}>
        {method} <Path path={path} />
      </a>
    ),
  },
  { head: "Status", cell: (request) => <StatusBadge request={request} /> },
  {
    head: "Why it was refused",
    cell: ({ error }) => (error ? <span class="muted">{error.message}</span> : null),
  },
  {
    head: "Asked by",
    wide: true,
    cell: ({ by, key }) =>
      by === "scenario" ? "A\u00a0scenario" : key === "publishable" ? "A\u00a0page" : "An\u00a0app",
  },
  {
    head: "Time",
    wide: true,
    end: true,
    cell: ({ at }) => <time datetime={at}>{formatTime(Date.parse(at) / 1000)}</time>,
  },
];

const asNamed = (value: string) => [value, value] as const;
const methods = ["GET", "POST", "DELETE"].map(asNamed);
const statuses = [
  ["ok", "Succeeded"],
  ["refused", "Refused"],
  ...["400", "401", "402", "403", "404", "409", "429", "500"].map(asNamed),
] as const;

type RequestsProps = { desk: Desk; slice: Slice<LoggedRequest>; filter: RequestFilter };

/** What was asked of the API, newest first. */
export const RequestsView = ({ desk, slice, filter }: RequestsProps) => {
  const path = `${desk.base}/requests`;
  const all = Object.values(filter).every((value) => value === "");
  return (
    <Frame desk={desk} title="Requests" at="/requests">
      <header>
        <h1>Requests</h1>
        <p class="muted">What was asked of the API, the latest thousand. Secrets are blanked.</p>
      </header>
      <section class="requests">
        <Filters path={path} filter={filter} />
        <Table
          label="Requests"
          columns={columnsOf(desk)}
          rows={slice.rows}
          empty={
            all
              ? "Nothing was asked yet. Point the stripe SDK here, and its requests will be listed."
              : "No request like that is in the log."
          }
        />
        <Pages slice={slice} path={path} query={filter} of={slice.total === 1 ? "request" : "requests"} />
      </section>
    </Frame>
  );
};

const Filters = ({ path, filter }: { path: string; filter: RequestFilter }) => (
  <search>
    <form class="line filters" action={path} method="get">
      <SelectField
        name="method"
        label="Method"
        all="All"
        options={methods}
        chosen={filter.method}
        width="short"
      />
      <SelectField
        name="status"
        label="Status"
        all="All"
        options={statuses}
        chosen={filter.status}
        width="short"
      />
      <div class="field">
        <label for="path">Path</label>
        <input id="path" name="path" value={filter.path} placeholder="/v1/subscriptions" />
      </div>
      <div class="field">
        <label for="customer">Customer</label>
        <input id="customer" name="customer" value={filter.customer} placeholder="cus_…" />
      </div>
      <button type="submit" class="button">
        Filter
      </button>
    </form>
  </search>
);
