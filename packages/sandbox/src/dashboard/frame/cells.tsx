/** @jsxImportSource hono/jsx */
import { find } from "../../engine/world/find.js";
import type { Customer, Price, Product } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import { formatMoney } from "../../pages/format/format-money.js";
import type { Desk } from "./desk.js";
import { formatTime } from "./format-time.js";
import { inWords, toneOf } from "./tone-of.js";

/** A state in its colour. */
export const Badge = ({ state }: { state: string | null | undefined }) =>
  state ? <span class={`badge ${toneOf(state)}`}>{inWords(state)}</span> : null;

/** What there is nothing to say about. */
export const Nothing = () => (
  <span class="muted">
    <span aria-hidden="true">–</span>
    <span class="unseen">none</span>
  </span>
);

/** A moment of the sandbox's time, in UTC. */
export const When = ({ at }: { at: number | null | undefined }) =>
  typeof at === "number" ? (
    <time datetime={new Date(at * 1000).toISOString()}>{formatTime(at)}</time>
  ) : (
    <Nothing />
  );

/** An amount in its currency's minor unit. */
export const Money = ({
  amount,
  currency,
}: {
  amount: number | null | undefined;
  currency: string | null | undefined;
}) =>
  typeof amount === "number" && currency ? (
    <span class="money">{formatMoney(amount, currency)}</span>
  ) : (
    <Nothing />
  );

/** A long id by its beginning and its end, where there is no room for all of it. */
const shortened = (id: string): string => (id.length > 20 ? `${id.slice(0, 12)}…${id.slice(-4)}` : id);

/** A name or an address that breaks where its parts do. */
export const Breakable = ({ text }: { text: string }) => (
  <>
    {text.split(/(?<=[./_])/).map((part, index) => (
      <>
        {index > 0 ? <wbr /> : null}
        {part}
      </>
    ))}
  </>
);

/** An object that another one refers to, by what people call it or by its id. */
export const Ref = ({ desk, id, label }: { desk: Desk; id: unknown; label?: string | undefined }) => {
  if (typeof id !== "string") return <Nothing />;
  const found = desk.locate(id);
  const text = label ?? found?.name ?? id;
  const shown = text === id ? <code title={id}>{shortened(id)}</code> : text;
  return found ? <a href={found.href}>{shown}</a> : <span>{shown}</span>;
};

/** What a customer goes by. */
export const customerName = ({ id, name, email }: Pick<Customer, "email" | "id" | "name">): string =>
  name || email || id;

/** `Pro`, the product of a price. */
export const productName = (world: World, product: unknown): string | undefined =>
  typeof product === "string" ? find<Product>(world.products, product)?.name : undefined;

const rhythmOf = ({ interval, interval_count: count }: NonNullable<Price["recurring"]>): string =>
  count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;

/** `$29.00 per month`. */
export const priceText = ({
  unit_amount,
  unit_amount_decimal,
  currency,
  recurring,
  billing_scheme,
}: Price): string => {
  const every = recurring ? ` ${rhythmOf(recurring)}` : "";
  if (billing_scheme === "tiered") return `In tiers${every}`;
  if (unit_amount === null && unit_amount_decimal !== null)
    return `${unit_amount_decimal} ${currency.toUpperCase()} hundredths${every}`;
  return unit_amount === null ? "Chosen by the customer" : `${formatMoney(unit_amount, currency)}${every}`;
};
