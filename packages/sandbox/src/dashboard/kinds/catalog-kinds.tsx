/** @jsxImportSource hono/jsx */
import type { Coupon, Price, Product, PromotionCode } from "../../engine/world/wire.js";
import { formatMoney } from "../../pages/format/format-money.js";
import { Badge, Nothing, priceText, productName, Ref, When } from "../frame/cells.js";
import { inWords } from "../frame/tone-of.js";
import { defineKind } from "./kind.js";

const reduction = ({ percent_off, amount_off, currency }: Coupon): string =>
  percent_off === null ? formatMoney(amount_off ?? 0, currency ?? "usd") : `${percent_off} %`;

const products = defineKind<Product>({
  slug: "products",
  title: "Products",
  one: "Product",
  table: (world) => world.products,
  name: ({ name }) => name,
  state: ({ active }) => (active ? "active" : "archived"),
  words: ({ description }) => [description],
  columns: [
    { head: "Name", cell: ({ name }) => name },
    { head: "Status", cell: ({ active }) => <Badge state={active ? "active" : "archived"} /> },
    {
      head: "Default price",
      wide: true,
      cell: ({ default_price }, desk) => <Ref desk={desk} id={default_price} />,
    },
    {
      head: "Prices",
      end: true,
      cell: ({ id }, { room }) =>
        Object.values(room.world.prices).filter(({ product }) => product === id).length,
    },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
});

const prices = defineKind<Price>({
  slug: "prices",
  title: "Prices",
  one: "Price",
  table: (world) => world.prices,
  name: priceText,
  state: ({ active }) => (active ? "active" : "archived"),
  words: ({ nickname, lookup_key, product }, world) => [nickname, lookup_key, productName(world, product)],
  columns: [
    { head: "Price", cell: (row) => priceText(row) },
    { head: "Product", cell: ({ product }, desk) => <Ref desk={desk} id={product} /> },
    { head: "Status", cell: ({ active }) => <Badge state={active ? "active" : "archived"} /> },
    {
      head: "Lookup key",
      wide: true,
      cell: ({ lookup_key }) => (lookup_key ? <code>{lookup_key}</code> : <Nothing />),
    },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
});

const lasts = ({ duration, duration_in_months: months }: Coupon): string =>
  duration === "repeating" ? `${months} months` : inWords(duration);

const coupons = defineKind<Coupon>({
  slug: "coupons",
  title: "Coupons",
  one: "Coupon",
  table: (world) => world.coupons,
  name: ({ name, id }) => name ?? id,
  state: ({ valid }) => (valid ? "active" : "expired"),
  columns: [
    { head: "Name", cell: ({ name, id }) => name ?? <code>{id}</code> },
    { head: "Takes off", end: true, cell: reduction },
    { head: "Lasts", cell: lasts },
    {
      head: "Redeemed",
      end: true,
      wide: true,
      cell: ({ times_redeemed: times, max_redemptions: most }) => (most ? `${times} of ${most}` : times),
    },
    { head: "Created", wide: true, cell: ({ created }) => <When at={created} /> },
  ],
});

const promotionCodes = defineKind<PromotionCode>({
  slug: "promotion_codes",
  title: "Promotion codes",
  one: "Promotion code",
  table: (world) => world.promotionCodes,
  name: ({ code }) => code,
  state: ({ active }) => (active ? "active" : "archived"),
  columns: [
    { head: "Code", cell: ({ code }) => <code>{code}</code> },
    { head: "Status", cell: ({ active }) => <Badge state={active ? "active" : "archived"} /> },
    { head: "Coupon", cell: ({ promotion }, desk) => <Ref desk={desk} id={promotion.coupon} /> },
    { head: "Redeemed", end: true, wide: true, cell: ({ times_redeemed }) => times_redeemed },
    { head: "Expires", wide: true, cell: ({ expires_at }) => <When at={expires_at} /> },
  ],
});

/** What is sold, and what is taken off. */
export const catalogKinds = [products, prices, coupons, promotionCodes];
