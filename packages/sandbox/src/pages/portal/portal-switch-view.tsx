/** @jsxImportSource hono/jsx */
import type { Price, Product, Subscription } from "../../engine/world/wire.js";
import { toInterval } from "../format/format-money.js";
import type { Language } from "../words/messages-for.js";
import { PortalFrame } from "./portal-frame.js";
import { quantityRange } from "./portal-quantity.js";
import type { PortalRoom } from "./portal-room.js";

type Option = { product: Product; price: Price };

/** How many of the present plan; the form leads to the page that says what it costs. */
const QuantityForm = ({
  room,
  subscription,
  price,
}: {
  room: PortalRoom;
  subscription: Subscription;
  price: Price;
}) => {
  const { order, portal } = room.language.text;
  const range = quantityRange(room.view, price);
  if (!range) return null;
  return (
    <form class="quantity" method="get" action={`${room.home}/switch/${subscription.id}/${price.id}`}>
      <div class="field">
        <label for="quantity">{order.quantity}</label>
        <input
          id="quantity"
          name="quantity"
          type="number"
          inputmode="numeric"
          required
          min={range.min}
          max={range.max}
          value={subscription.items.data[0]?.quantity ?? 1}
        />
      </div>
      <button type="submit" class="button">
        {portal.change.quantity}
      </button>
    </form>
  );
};

const PlanOption = ({
  room,
  subscription,
  option,
}: {
  room: PortalRoom;
  subscription: Subscription;
  option: Option;
}) => {
  const { product, price } = option;
  const { change, plan } = room.language.text.portal;
  const cost = describePrice(price, room.language);
  const isCurrent = subscription.items.data[0]?.price.id === price.id;
  return (
    <li class={isCurrent ? "option current" : "option"}>
      <div>
        <p class="plan-name">{product.name}</p>
        <p class="muted">{cost}</p>
      </div>
      {isCurrent ? (
        <>
          <span class="badge">{plan.current}</span>
          <QuantityForm room={room} subscription={subscription} price={price} />
        </>
      ) : (
        <a
          class="button"
          href={`${room.home}/switch/${subscription.id}/${price.id}`}
          aria-label={change.chooseThis(product.name, cost)}
        >
          {change.choose}
        </a>
      )}
    </li>
  );
};

/** Every price the customer may have, the present one marked. */
export const SwitchOptions = ({ room, subscription }: { room: PortalRoom; subscription: Subscription }) => {
  const current = subscription.items.data[0]?.price.id;
  const changes =
    room.view.configuration.features.subscription_update.default_allowed_updates.includes("price");
  // A subscription keeps its currency for life.
  const options = room.view.switchOptions.filter(
    ({ price }) => price.currency === subscription.currency && (changes || price.id === current),
  );
  return (
    <PortalFrame room={room} title={room.language.text.portal.plan.change} kind="step">
      <ul class="options">
        {options.map((option) => (
          <PlanOption key={option.price.id} room={room} subscription={subscription} option={option} />
        ))}
      </ul>
    </PortalFrame>
  );
};

function describePrice(price: Price, { text, money }: Language): string {
  const per = text.interval(toInterval(price.recurring?.interval), price.recurring?.interval_count ?? 1);
  return `${money(price.unit_amount ?? 0, price.currency)} ${per}`;
}
