import type { Chaos } from "../../engine/world/chaos.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { type Field, integer, text } from "./fields.js";

const number = (): Field<number, false> => ({ kind: "number", required: false });

/** What switches chaos on: rates and windows, named like everything in this API. */
export const chaosFields = {
  seed: text(),
  duplicates: number(),
  reorder: number(),
  delay: number(),
  drop: number(),
  burst: number(),
  truncate: number(),
  wrong_signature: number(),
  reorder_window: integer(1),
  delay_ms: integer(1),
  burst_size: integer(1),
  hold_ms: integer(1),
};

type Params = Partial<Record<Exclude<keyof typeof chaosFields, "seed">, number>> & { seed?: string };

const rates = ["duplicates", "reorder", "delay", "drop", "burst", "truncate", "wrong_signature"] as const;

/** The settings that a request names; throws for a value that is not a rate. */
export const readChaos = (params: Params): Partial<Chaos> & { seed: string } => {
  for (const name of rates) {
    const rate = params[name] ?? 0;
    if (rate < 0 || rate > 1)
      throw invalidRequest(`Invalid ${name}: a rate is between 0 and 1.`, undefined, name);
  }
  const {
    seed = "tollgate",
    wrong_signature,
    reorder_window,
    delay_ms,
    burst_size,
    hold_ms,
    ...same
  } = params;
  return {
    seed,
    ...same,
    ...(wrong_signature === undefined ? {} : { wrongSignature: wrong_signature }),
    ...(reorder_window === undefined ? {} : { reorderWindow: reorder_window }),
    ...(delay_ms === undefined ? {} : { delayMs: delay_ms }),
    ...(burst_size === undefined ? {} : { burstSize: burst_size }),
    ...(hold_ms === undefined ? {} : { holdMs: hold_ms }),
  };
};
