import type { Context } from "../../engine/world/context.js";
import type { Given } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import type { RequestParams } from "../generated/requests.js";
import type { Fields, Params } from "./fields.js";
import { requestFields } from "./request-fields.js";

export type Method = "DELETE" | "GET" | "POST";

/** What a route's action gets. */
export type Call<P> = {
  world: World;
  ctx: Context;
  params: P;
  /** The `:id` of the address, or an empty string. */
  id: string;
  /** The `:child` of the address (a line item, say), or an empty string. */
  child: string;
  /** The API version that the request asks for. */
  version: string;
};

/** One endpoint of the API. `run` answers with a stored object; the pipeline copies and expands it. */
export type Route = {
  method: Method;
  path: string;
  fields: Fields;
  /**
   * The parameters that have an effect, as paths such as `items.price` (a path stands for everything under
   * it). The others are accepted, noted once in the log, and listed in PARAMETERS.md. Undefined: all have.
   */
  simulated?: readonly string[];
  /** Stripe.js may call it with the publishable key; if the path has an `:id`, the client secret is checked. */
  publishable: boolean;
  older?: OlderFields;
  /** That it is an address of earlier API versions: which one ended it, and the endpoint that took its place. */
  ended?: { since: string; by: Endpoint };
  run(call: Call<object>): object;
};

/** A name such as `POST /v1/customers`; the `:id`s are named as in the generated table. */
export type Endpoint = keyof RequestParams;
type ParamsOf<E extends Endpoint> = Given<NonNullable<RequestParams[E]>>;
type PathIn<P> = (keyof P & string) | `${keyof P & string}.${string}`;
type HeadOf<S extends string> = S extends `${infer Head}.${string}` ? Head : S;

/** Parameters that a version removed and that no present one replaces. */
type OlderFields = { until: string; fields: Fields };

type Options = {
  publishable?: boolean;
  /** What Stripe.js sends and the SDK does not declare. */
  extra?: Fields;
  /** What only requests of an earlier API version may send. */
  older?: OlderFields;
};

/**
 * An endpoint that the SDK knows: what it accepts is generated from the SDK's declarations, what it simulates
 * is named here, and an action can read nothing else.
 */
export const route = <E extends Endpoint, const S extends readonly PathIn<ParamsOf<E>>[]>(
  endpoint: E,
  simulated: S,
  run: (call: Call<Pick<ParamsOf<E>, HeadOf<S[number]> & keyof ParamsOf<E>>>) => object,
  options: Options = {},
): Route => {
  const [method, path] = endpoint.split(" ") as [Method, string];
  const extra = Object.entries(options.extra ?? {}).flatMap(([name, field]) => (field.gone ? [] : [name]));
  // When an addition is named in parts, only those parts are simulated.
  const whole = extra.filter((name) => !simulated.some((part) => part.startsWith(`${name}.`)));
  return {
    method,
    path,
    fields: { ...requestFields(endpoint), ...options.extra },
    simulated: [...simulated, ...whole],
    publishable: options.publishable ?? false,
    ...(options.older ? { older: options.older } : {}),
    run: run as Route["run"],
  };
};

/** An endpoint that the SDK does not know (Stripe.js's, the CLI's or our own), with fields of its own. */
export const ownRoute = <F extends Fields>(
  method: Method,
  path: string,
  fields: F,
  run: (call: Call<Params<F>>) => object,
  options: { publishable?: boolean } = {},
): Route => ({
  method,
  path,
  fields,
  publishable: options.publishable ?? false,
  run: run as unknown as Route["run"],
});
