import type * as z from "zod";
import { accessRoutes } from "./access.js";
import { checkoutRoutes } from "./checkout.js";
import { creditsRoutes } from "./credits.js";
import { invoiceRoutes } from "./invoices.js";
import { paymentMethodRoutes } from "./payment-methods.js";
import { plansRoutes } from "./plans.js";
import { portalRoutes } from "./portal.js";
import { promotionCodeRoutes } from "./promotion-code.js";
import type { Method } from "./route.js";
import { changeRoutes } from "./subscription-changes.js";
import { subscriptionEndingsRoutes } from "./subscription-endings.js";
import { usageCapRoutes } from "./usage-cap.js";
import { webhookRoutes } from "./webhook.js";

/**
 * Every route of the handler, by method and path below its `basePath`: who may call it, and what it takes, returns and
 * refuses. The router, the client, the test fetch, the tests that attack every route, the README's table and the
 * OpenAPI document are generated from it.
 *
 * @example
 * routes["POST /checkout"].who; // "manager"
 */
export const routes = {
  ...plansRoutes,
  ...accessRoutes,
  ...creditsRoutes,
  ...usageCapRoutes,
  ...checkoutRoutes,
  ...promotionCodeRoutes,
  ...portalRoutes,
  ...subscriptionEndingsRoutes,
  ...changeRoutes,
  ...invoiceRoutes,
  ...paymentMethodRoutes,
  ...webhookRoutes,
} as const;

type Rows = typeof routes;

/** A route by its method and path, as the table names it: `GET /checkout/:id`. */
export type RouteKey = keyof Rows;

/** A route that a browser calls: all except the provider's. */
export type BrowserRoute = {
  [K in RouteKey]: Rows[K]["who"] extends "signature" ? never : K;
}[RouteKey];

/** Who may call a route. */
export type WhoOf<K extends RouteKey> = Rows[K]["who"];

/** What a route is called. */
export type NameOf<K extends RouteKey> = Rows[K]["name"];

/** The JSON body that a route takes; `undefined` where it takes none. */
export type BodyOf<K extends RouteKey> = Rows[K] extends { readonly body: infer Body extends z.ZodType }
  ? z.input<Body>
  : undefined;

/** The query that a route takes; `undefined` where it takes none. */
export type QueryOf<K extends RouteKey> = Rows[K] extends { readonly query: infer Query extends z.ZodType }
  ? z.input<Query>
  : undefined;

/** What a route's schema turns the body or the query into; `undefined` where it takes neither. */
export type InputOf<K extends RouteKey> = Rows[K] extends { readonly body: infer Body extends z.ZodType }
  ? z.output<Body>
  : Rows[K] extends { readonly query: infer Query extends z.ZodType }
    ? z.output<Query>
    : undefined;

/** What stands in a path in the place of each `:name`. */
export type ParamsOf<K extends RouteKey> = Rows[K] extends { readonly params: infer Params }
  ? { readonly [Name in keyof Params]: string }
  : Readonly<Record<never, string>>;

/** What a route answers with. */
export type ResponseOf<K extends RouteKey> = z.output<Rows[K]["response"]>;

/** The keys of the table, in its order. */
export const routeKeys = Object.keys(routes) as readonly RouteKey[];

/**
 * The method and the path of a key.
 *
 * @example
 * splitKey("GET /checkout/:id"); // { method: "GET", path: "/checkout/:id" }
 */
export function splitKey(key: RouteKey): { readonly method: Method; readonly path: string } {
  const [method, path = ""] = key.split(" ");
  return { method: method as Method, path };
}
