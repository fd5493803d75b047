import { day } from "../world/context.js";
import { need } from "../world/find.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { Meter, MeterEventSummary } from "../world/wire.js";
import type { World } from "../world/world.js";
import { usageOf } from "./usage.js";

type Asked = {
  customer: string;
  start_time: number;
  end_time: number;
  value_grouping_window?: "day" | "hour";
};

const alignment = { minute: 60, hour: 3600, day } as const;

const check = ({ start_time, end_time, value_grouping_window: window }: Asked): void => {
  const unit = window ?? "minute";
  for (const [param, time] of Object.entries({ start_time, end_time }))
    if (time % alignment[unit] !== 0)
      throw invalidRequest(
        `\`${param}\` must be aligned with ${unit === "day" ? "UTC day" : unit} boundaries.`,
        undefined,
        param,
      );
  if (end_time <= start_time)
    throw invalidRequest("`end_time` must be after `start_time`.", undefined, "end_time");
};

/** What a customer used in a span of time, as one sum or one for each hour or day, newest first. */
export const summarizeUsage = (world: World, meter: Meter, asked: Asked): MeterEventSummary[] => {
  need(world.customers, "customer", asked.customer, "customer");
  check(asked);
  const { customer, start_time, end_time, value_grouping_window: window } = asked;
  const step = window ? alignment[window] : end_time - start_time;
  const count = (end_time - start_time) / step;
  if (count > 10_000)
    throw invalidRequest("The time is too long for this `value_grouping_window`.", undefined, "end_time");
  return Array.from({ length: count }, (_, index): MeterEventSummary => {
    const end = end_time - index * step;
    const start = end - step;
    return {
      // A summary is not kept: its id says what it is about.
      id: `mtrusg_${meter.id.slice("mtr_".length)}_${start}_${end}`,
      object: "billing.meter_event_summary",
      aggregated_value: Number(usageOf(world, meter, customer, start, end)),
      end_time: end,
      livemode: false,
      meter: meter.id,
      start_time: start,
    };
  });
};
