/** @jsxImportSource hono/jsx */

import type { Target } from "../../engine/endpoints/webhook-target.js";
import { find } from "../../engine/world/find.js";
import { Badge, Breakable, When } from "../frame/cells.js";
import type { Note } from "../frame/create-notes.js";
import type { Desk } from "../frame/desk.js";
import { Frame } from "../frame/frame.js";
import { ButtonForm, Crumbs, Part } from "../frame/parts.js";
import { DeliveryTable } from "../shared/delivery-table.js";
import { Secret } from "../shared/home-connect.js";
import { ChaosForm } from "./chaos-form.js";

const mostDeliveries = 10;

/** One endpoint: its secret, its deliveries, its chaos, and its end. */
export const EndpointView = ({
  desk,
  target,
  note,
}: {
  desk: Desk;
  target: Target;
  note: Note | undefined;
}) => {
  const { world } = desk.room;
  const path = `${desk.base}/webhooks/${target.id}`;
  const deliveries = desk.room.deliveries().filter(({ endpointId }) => endpointId === target.id);
  const everywhere = world.chaos.everywhere && !find(world.chaos.at, target.id);
  return (
    <Frame desk={desk} title={target.hidden.url} at="/webhooks" note={note}>
      <header>
        <Crumbs steps={[[`${desk.base}/webhooks`, "Webhooks"]]} />
        <div class="title">
          <h1>
            <Breakable text={target.hidden.url} />
          </h1>
          <Badge state={target.enabled ? "enabled" : "disabled"} />
        </div>
        <code class="muted">{target.id}</code>
        <div class="buttons">
          <ButtonForm
            action={`${path}/switch`}
            fields={{ to: target.enabled ? "disabled" : "enabled" }}
            label={target.enabled ? "Disable" : "Enable"}
          />
          <ButtonForm action={`${path}/delete`} label="Delete" look="danger" />
        </div>
      </header>
      <Facts target={target} />
      <Secrets desk={desk} target={target} />
      <Part
        title="Latest deliveries"
        more={
          deliveries.length > mostDeliveries ? (
            <a href={`${desk.base}/deliveries?endpoint=${target.id}`}>All {deliveries.length}</a>
          ) : null
        }
      >
        <DeliveryTable
          desk={desk}
          deliveries={deliveries.slice(-mostDeliveries).reverse()}
          shows="event"
          empty="Nothing was sent here yet."
        />
      </Part>
      <Part title="Chaos here" more={everywhere ? <span class="sub">now as everywhere</span> : null}>
        <ChaosForm
          action={`${path}/chaos`}
          chaos={find(world.chaos.at, target.id) ?? null}
          about="at this endpoint"
        />
      </Part>
    </Frame>
  );
};

const scopes = { own: "This account", connected: "Connected accounts", both: "This and connected accounts" };

const Facts = ({ target }: { target: Target }) => (
  <div class="panel">
    <dl class="facts">
      <div>
        <dt>Hears of</dt>
        <dd>{target.events.includes("*") ? "Every type" : target.events.join(", ")}</dd>
      </div>
      <div>
        <dt>From</dt>
        <dd>{scopes[target.hidden.hears]}</dd>
      </div>
      <div>
        <dt>Payload</dt>
        <dd>{target.payload === "thin" ? "Thin" : "Snapshot"}</dd>
      </div>
      <div>
        <dt>API version</dt>
        <dd>{target.apiVersion ?? "As the account"}</dd>
      </div>
    </dl>
  </div>
);

const Secrets = ({ desk, target }: { desk: Desk; target: Target }) => {
  const [newest, ...older] = target.hidden.secrets;
  const isEndpoint = find(desk.room.world.webhookEndpoints, target.id) !== undefined;
  return (
    <Part title="Signing secret">
      <div class="panel">
        {newest ? <Secret secret={newest.secret} what="the signing secret" /> : null}
        {older.map(({ secret, expiresAt }) => (
          <div key={secret}>
            <p class="sub">
              Signs too until <When at={expiresAt} />:
            </p>
            <Secret secret={secret} what="an older signing secret" />
          </div>
        ))}
        {isEndpoint ? (
          <form class="line" method="post" action={`${desk.base}/webhooks/${target.id}/roll`}>
            <div class="field">
              <label for="old">The old secret</label>
              <select id="old" name="old">
                <option value="now">stops signing at once</option>
                <option value="day">signs for another day</option>
              </select>
            </div>
            <button type="submit" class="button">
              Roll the secret
            </button>
          </form>
        ) : null}
      </div>
    </Part>
  );
};
