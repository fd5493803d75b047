import { checkCount } from "../world/check-limits.js";
import { type Context, seconds } from "../world/context.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Invoice, InvoiceItem, InvoiceLine, Subscription, SubscriptionItem } from "../world/wire.js";
import type { World } from "../world/world.js";
import { createDiscount, endDiscount, type Holder, isRunning } from "./discount.js";
import { type Redeemed, redeem } from "./redeem.js";

/** One of a request's `discounts`: a coupon or code to redeem, or a discount to keep. */
export type GivenDiscount = { coupon?: string; discount?: string; promotion_code?: string };

/** For whom and for what discounts are to be redeemed. */
export type Purchase = {
  customer: string | null;
  currency: string;
  /** What it comes to, for codes with a minimum, in minor units; null if that is not known. */
  amount: number | null;
  /** The discounts that may be kept: those of the object and of what it belongs to. */
  held: readonly string[];
};

type Plan = Array<{ keep: string } | { redeem: Redeemed }>;

const plan = (
  world: World,
  ctx: Context,
  purchase: Purchase,
  given: readonly GivenDiscount[],
  param: string,
): Plan =>
  given.map(({ coupon, discount, promotion_code }, index) => {
    const at = `${param}[${index}]`;
    if ([coupon, discount, promotion_code].filter((one) => one !== undefined).length !== 1)
      throw invalidRequest(
        "You must specify exactly one of these parameters: coupon, discount, promotion_code.",
        "parameters_exclusive",
        at,
      );
    if (discount === undefined) {
      const named = `${at}[${coupon === undefined ? "promotion_code" : "coupon"}]`;
      return { redeem: redeem(world, ctx, { ...purchase, coupon, promotion_code, param: named }) };
    }
    if (!purchase.held.includes(discount) || !isRunning(world, discount, seconds(ctx)))
      throw invalidRequest(`No such discount: '${discount}'`, "resource_missing", `${at}[discount]`);
    return { keep: discount };
  });

const idsOf = (planned: Plan): string[] =>
  planned.map((step) =>
    "keep" in step ? step.keep : (step.redeem.promotionCode?.id ?? step.redeem.coupon.id),
  );

/** Refuses `discounts` that can't be redeemed, in Stripe's words; changes nothing. */
export const checkDiscounts = (
  world: World,
  ctx: Context,
  purchase: Purchase,
  given: readonly GivenDiscount[] | null | undefined,
  param = "discounts",
): void => {
  // "up to 20": https://docs.stripe.com/billing/subscriptions/coupons#stacking
  checkCount(given, 20, param);
  const ids = idsOf(plan(world, ctx, purchase, given ?? [], param));
  if (new Set(ids).size < ids.length)
    throw invalidRequest("You can't apply the same discount more than once.", undefined, param);
};

/** What discounts can be put on, with its customer and currency. */
export type DiscountTarget = {
  object: Invoice | InvoiceItem | InvoiceLine | Subscription | SubscriptionItem;
  customer: string;
  currency: string;
  /** @default null */
  amount?: number | null;
  /** Further discounts that may be kept: those of what the object belongs to. */
  held?: readonly string[];
};

const holderOf = ({ object, customer }: DiscountTarget): Holder => {
  switch (object.object) {
    case "subscription":
      return { customer, subscription: object.id };
    case "subscription_item":
      return { customer, subscription_item: object.id };
    case "invoice":
      return { customer, invoice: object.id };
    case "invoiceitem":
    case "line_item":
      return { customer, invoice_item: object.id };
  }
};

/**
 * Sets the discounts of an object: undefined and an empty list leave them as they are, null removes them, a
 * list replaces them. Refuses before anything is changed. Discounts that belong to the object and are not
 * kept end.
 */
export const setDiscounts = (
  world: World,
  ctx: Context,
  target: DiscountTarget,
  given: readonly GivenDiscount[] | null | undefined,
  param = "discounts",
): void => {
  if (given === undefined || given?.length === 0) return;
  const { object, customer, currency, amount = null, held = [] } = target;
  const before = [...(object.discounts ?? [])] as string[];
  const purchase = { customer, currency, amount, held: [...before, ...held] };
  checkDiscounts(world, ctx, purchase, given, param);
  const holder = holderOf(target);
  object.discounts = plan(world, ctx, purchase, given ?? [], param).map((step) =>
    "keep" in step ? step.keep : createDiscount(world, ctx, step.redeem, holder).id,
  );
  const own = (id: string): boolean => {
    const discount = world.discounts[id];
    return (
      discount !== undefined &&
      (Object.entries(holder) as Array<[keyof Holder, unknown]>).every(
        ([key, value]) => discount[key] === value,
      )
    );
  };
  for (const id of before) if (own(id) && !object.discounts.includes(id)) endDiscount(world, ctx, id);
};
