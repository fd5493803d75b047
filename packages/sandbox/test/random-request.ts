import fc from "fast-check";
import { routes } from "../src/api/http/routes.js";
import type { Field, Fields } from "../src/api/params/fields.js";
import type { Route } from "../src/api/params/route.js";

type Draw = <T>(values: readonly T[]) => T;

/** What requests may refer to: ids of real objects, by their prefix. */
export type Pool = { ids: readonly string[]; now: number };

export type RandomRequest = { route: Route; path: string; body: unknown; json: boolean };

const garbage: readonly unknown[] = [
  "",
  " ",
  "x",
  "-1",
  "0",
  "1.5",
  "1e9",
  "999999999999999",
  "NaN",
  "null",
  "true",
  "usd",
  "constructor",
  "\u0000",
  "%",
  "x".repeat(5001),
  ["x"],
  [],
  { a: "b" },
  { "0": { a: "b" } },
  { toString: "x" },
];

/** The prefix of the ids that a parameter of this name takes. */
const prefixes: Record<string, string> = {
  charge: "ch_",
  coupon: "",
  credit_note: "cn_",
  customer: "cus_",
  default_payment_method: "pm_",
  discount: "di_",
  ending_before: "",
  feature: "feat_",
  from_subscription: "sub_",
  id: "",
  invoice: "in_",
  meter: "mtr_",
  payment_intent: "pi_",
  payment_method: "pm_",
  plan: "price_",
  price: "price_",
  product: "prod_",
  promotion_code: "promo_",
  quote: "qt_",
  starting_after: "",
  subscription: "sub_",
  subscription_item: "si_",
  tax_rate: "txr_",
  tax_rates: "txr_",
  default_tax_rates: "txr_",
  test_clock: "clock_",
};

const words: Record<string, readonly string[]> = {
  currency: ["usd", "usd", "usd", "eur", "jpy", "xxx"],
  email: ["ada@example.com"],
  url: ["https://app.test/hook", "nothing"],
  success_url: ["https://app.test/ok"],
  cancel_url: ["https://app.test/no"],
  return_url: ["https://app.test/back"],
  query: ["created>0", "x:'y'", "("],
  source: ["tok_visa", "tok_chargeDeclined"],
};

const textFor = (name: string, pool: Pool, draw: Draw): string => {
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined;
  const ids = prefix === undefined ? [] : pool.ids.filter((id) => id.startsWith(prefix));
  if (ids.length > 0 && draw([true, true, true, false])) return draw(ids);
  if (Object.hasOwn(words, name)) return draw(words[name] ?? ["x"]);
  return draw(["x", "Pro", "usd", "none", "pm_card_visa", "https://app.test", draw(pool.ids)]);
};

const wholes = ["0", "1", "1", "2", "5", "12", "100", "1000", "-5"];
const decimals = ["0", "0.5", "2.25", "100", "0.000000000001"];

const forField = (field: Field, name: string, pool: Pool, draw: Draw, depth: number): unknown => {
  if (draw([...Array(24).fill(false), true])) return draw(garbage);
  const form = draw([field, ...(field.or ?? [])]);
  const { of, fields } = form;
  if (form.kind === "choice") return draw(form.values ?? ["x"]);
  if (form.kind === "flag") return draw(["true", "false"]);
  if (form.kind === "number" || form.kind === "decimal") return draw(decimals);
  if (form.kind === "integer")
    return (form.maximum ?? 0) > 1e9
      ? String(pool.now + draw([-400, -1, 0, 1, 5, 40, 400]) * 86_400)
      : draw(wholes);
  if (form.kind === "metadata") return draw([{ a: "b" }, { a: "" }, ""]);
  if (form.kind === "list" && of)
    return draw([[0], [0], [0, 1], []]).map(() => forField(of, name, pool, draw, depth + 1));
  if (form.kind === "map" && of) return { [draw(["usd", "eur"])]: forField(of, name, pool, draw, depth + 1) };
  if (form.kind === "hash") return forFields(fields ?? {}, pool, draw, depth + 1);
  return textFor(name, pool, draw);
};

const forFields = (fields: Fields, pool: Pool, draw: Draw, depth: number): Record<string, unknown> => {
  const wanted = Object.entries(fields).filter(([name, field]) => {
    if (field.required) return draw([...Array(15).fill(true), false]);
    // The deeper, the fewer; what requests usually name comes more often.
    const often =
      Object.hasOwn(prefixes, name) || ["items", "line_items", "mode", "currency", "amount"].includes(name);
    return draw(Array.from({ length: often ? 2 + depth : 8 + depth * 3 }, (_, index) => index === 0));
  });
  return Object.fromEntries(wanted.map(([name, field]) => [name, forField(field, name, pool, draw, depth)]));
};

/** The prefix of the ids under a path such as `/v1/customers/:id`. */
const owners: [path: string, prefix: string][] = [
  ["/v1/billing/meters", "mtr_"],
  ["/v1/billing_portal/configurations", "bpc_"],
  ["/v1/charges", "ch_"],
  ["/v1/checkout/sessions", "cs_"],
  ["/v1/credit_notes", "cn_"],
  ["/v1/customers", "cus_"],
  ["/v1/entitlements/features", "feat_"],
  ["/v1/events", "evt_"],
  ["/v1/invoiceitems", "ii_"],
  ["/v1/invoices", "in_"],
  ["/v1/payment_intents", "pi_"],
  ["/v1/payment_links", "plink_"],
  ["/v1/payment_methods", "pm_"],
  ["/v1/payment_pages", "cs_"],
  ["/v1/prices", "price_"],
  ["/v1/plans", "price_"],
  ["/v1/products", "prod_"],
  ["/v1/promotion_codes", "promo_"],
  ["/v1/quotes", "qt_"],
  ["/v1/refunds", "re_"],
  ["/v1/setup_intents", "seti_"],
  ["/v1/subscription_items", "si_"],
  ["/v1/subscription_schedules", "sub_sched_"],
  ["/v1/subscriptions", "sub_"],
  ["/v1/tax_rates", "txr_"],
  ["/v1/test_helpers/test_clocks", "clock_"],
  ["/v1/webhook_endpoints", "we_"],
];

const pathFor = (route: Route, pool: Pool, draw: Draw): string => {
  const prefix = owners.find(([path]) => route.path.startsWith(path))?.[1];
  const own = prefix === undefined ? pool.ids : pool.ids.filter((id) => id.startsWith(prefix));
  const idOf = (ids: readonly string[]): string =>
    encodeURIComponent(
      draw([...Array(12).fill(0), 1, 2]) === 0 && ids.length > 0
        ? draw(ids)
        : draw([draw(pool.ids), "constructor", "__proto__", "nothing", "a b", "\u0000"]),
    );
  return route.path.replace(":id", idOf(own)).replace(/:\w+/g, () => idOf(pool.ids));
};

/** Requests to any route: mostly well formed, sometimes malformed, and occasionally garbage. */
export const randomRequests = (pool: Pool, count: number): fc.Arbitrary<RandomRequest[]> =>
  fc.gen().map((gen) => {
    const draw: Draw = (values) => values[gen(fc.nat, values.length - 1)] as (typeof values)[number];
    return Array.from({ length: count }, () => {
      const route = draw(routes);
      const formed = draw([...Array(30).fill(true), false]);
      const body = formed ? forFields(route.fields, pool, draw, 0) : draw(garbage);
      return { route, path: pathFor(route, pool, draw), body, json: route.path.startsWith("/v2/") };
    });
  });
