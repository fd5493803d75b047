import type { IdSource } from "./ids.js";

/** Everything an action needs besides the world: the time, fresh ids, and who asked. */
export type Context = {
  now: Date;
  ids: IdSource;
  apiVersion: string;
  /** Where the hosted pages live, for the addresses in `url` and `next_action`. No slash at the end. */
  baseUrl: string;
  request: { id: string | null; idempotency_key: string | null };
};

/** The context's time as Stripe writes it: whole seconds since 1970. */
export const seconds = (ctx: Pick<Context, "now">): number => Math.floor(ctx.now.getTime() / 1000);

/** A day, in seconds. */
export const day = 86_400;
