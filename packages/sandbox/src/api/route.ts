import type { Context } from "../engine/context.js";
import type { World } from "../engine/world.js";
import type { Fields, Params } from "./fields.js";

export type Method = "DELETE" | "GET" | "POST";

/** What a route's action gets. */
export type Call<F extends Fields> = {
  world: World;
  ctx: Context;
  params: Params<F>;
  /** The `:id` of the address, or an empty string. */
  id: string;
  /** The `:child` of the address (a line item, say), or an empty string. */
  child: string;
};

/** One endpoint of the API. `run` answers with a stored object; the pipeline copies and expands it. */
export type Route = {
  method: Method;
  path: string;
  fields: Fields;
  /** Stripe.js may call it with the publishable key; if the path has an `:id`, the client secret is checked. */
  publishable: boolean;
  run(call: Call<Fields>): object;
};

/** Declares an endpoint; the types of `params` flow from `fields`. */
export const route = <F extends Fields>(
  method: Method,
  path: string,
  fields: F,
  run: (call: Call<F>) => object,
  options: { publishable?: boolean } = {},
): Route => ({
  method,
  path,
  fields,
  publishable: options.publishable ?? false,
  run: run as Route["run"],
});
