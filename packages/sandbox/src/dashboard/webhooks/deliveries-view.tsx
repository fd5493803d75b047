/** @jsxImportSource hono/jsx */
import type { Delivery } from "../../webhooks/delivery.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { Pages, type Slice } from "../frame/paging.js";
import { SelectField } from "../frame/select-field.js";
import { inWords } from "../frame/tone-of.js";
import { DeliveryTable } from "../shared/delivery-table.js";

const states = (["delivered", "pending", "failed"] satisfies Array<Delivery["state"]>).map(
  (state) => [state, inWords(state)] as const,
);

type DeliveriesProps = { desk: Desk; slice: Slice<Delivery>; endpoint: string; state: string };

/** What was sent to endpoints, newest first. */
export const DeliveriesView = ({ desk, slice, endpoint, state }: DeliveriesProps) => {
  const path = `${desk.base}/deliveries`;
  const endpoints = Object.entries(desk.room.world.hidden.endpoints);
  return (
    <Frame desk={desk} title="Deliveries" at="/deliveries">
      <header>
        <h1>Deliveries</h1>
        <p class="muted">Every event on its way to an endpoint, with all attempts.</p>
      </header>
      <section>
        <search>
          <form class="line" action={path} method="get">
            <SelectField
              name="endpoint"
              label="Endpoint"
              all="All endpoints"
              options={endpoints.map(([id, { url }]) => [id, url])}
              chosen={endpoint}
              width="wide"
            />
            <SelectField name="state" label="State" all="All states" options={states} chosen={state} />
            <button type="submit" class="button">
              Filter
            </button>
          </form>
        </search>
        <DeliveryTable
          desk={desk}
          deliveries={slice.rows}
          shows="both"
          empty={
            endpoint === "" && state === ""
              ? "Nothing was sent yet. Add a webhook endpoint, and the events that it hears of will be here."
              : "No delivery to that endpoint in that state."
          }
        />
        <Pages slice={slice} path={path} query={{ endpoint, state }} of="deliveries" />
      </section>
    </Frame>
  );
};
