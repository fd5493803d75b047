import { find } from "../engine/world/find.js";
import type { World } from "../engine/world/world.js";
import { type Form, isForm } from "./change.js";
import { inside, inTurn, rename, rewrite } from "./edit-form.js";

/** `coupon` or `promotion_code` as the one discount of a list; an empty text still removes it. */
export const toDiscounts = (given: Form): Form => {
  const { coupon, promotion_code, ...rest } = given;
  if (coupon === undefined && promotion_code === undefined) return given;
  const named = [...(coupon ? [{ coupon }] : []), ...(promotion_code ? [{ promotion_code }] : [])];
  return { ...rest, discounts: named.length > 0 ? named : "" };
};

/** A `price` where a line has `pricing` by now. */
export const toPricing = (given: Form): Form => {
  const { price, ...rest } = given;
  return price === undefined ? given : { ...rest, pricing: { price } };
};

/** An invoice item's price and amount per unit. */
export const toItemPricing = inTurn(toPricing, rename("unit_amount", "unit_amount_decimal"));

/** A promotion code's `coupon`. */
export const toPromotion = (given: Form): Form => {
  const { coupon, ...rest } = given;
  return coupon === undefined ? given : { ...rest, promotion: { type: "coupon", coupon } };
};

/** The one refund of a credit note; a list says of each how much of it counts. */
export const toRefunds = (given: Form, world: World): Form => {
  const { refund, ...rest } = given;
  if (typeof refund !== "string") return given;
  const amount_refunded = String(find(world.refunds, refund)?.amount ?? 0);
  return { ...rest, refunds: [{ refund, amount_refunded }] };
};

/** `iterations` counted a phase's length in periods of its first price. */
export const toDuration =
  (world: World) =>
  (phase: Form): Form => {
    const { iterations, ...rest } = phase;
    if (iterations === undefined) return phase;
    const [item] = isForm(phase.items) || Array.isArray(phase.items) ? Object.values(phase.items) : [];
    const price = isForm(item) && typeof item.price === "string" ? find(world.prices, item.price) : undefined;
    if (!price?.recurring) return phase;
    const { interval, interval_count } = price.recurring;
    return { ...rest, duration: { interval, interval_count: String(interval_count * Number(iterations)) } };
  };

/** The billing mode that a new subscription had when none was named. */
export const toClassic = (given: Form): Form => ({ billing_mode: { type: "classic" }, ...given });

/** The same for what will make one, if it makes one. */
export const toClassicInside =
  (name: string, makes: (given: Form) => boolean) =>
  (given: Form): Form =>
    makes(given) ? inside(name, toClassic)({ ...given, [name]: given[name] ?? {} }) : given;

/** `now`, `unchanged` or a time, as an object that says which of them it is. */
export const toAnchor = rewrite("billing_cycle_anchor", (anchor) => {
  if (typeof anchor !== "string") return anchor;
  return /^\d+$/.test(anchor) ? { type: "timestamp", timestamp: anchor } : { type: anchor };
});

const modes: Form = { hosted: "hosted_page", embedded: "embedded_page", custom: "elements" };

/** How a checkout session is shown. */
export const toUiMode = rewrite("ui_mode", (mode) =>
  typeof mode === "string" && Object.hasOwn(modes, mode) ? modes[mode] : mode,
);

/** The same in an answer. */
export const fromUiMode = rewrite(
  "ui_mode",
  (mode) => Object.keys(modes).find((old) => modes[old] === mode) ?? mode,
);

/** The parameters of an upcoming invoice that a preview has under `subscription_details`. */
const detail = /^subscription_(?!details$)(.+)$/;

/** An upcoming invoice's parameters as those of a preview. */
export const toPreview = (given: Form): Form => {
  const moved = Object.entries(given).flatMap(([name, value]) => {
    const inner = detail.exec(name)?.[1];
    return inner === undefined ? [] : [[inner, value] as const];
  });
  if (moved.length === 0) return given;
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !detail.test(name)));
  const own = isForm(given.subscription_details) ? given.subscription_details : {};
  return { ...rest, subscription_details: { ...Object.fromEntries(moved), ...own } };
};
