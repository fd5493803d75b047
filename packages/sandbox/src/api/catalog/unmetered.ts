import type { GivenRecurring } from "../../engine/catalog/read-recurring.js";
import { isOlder } from "../../versions/version.js";
import { choice, hash } from "../params/fields.js";
import { requestFields } from "../params/request-fields.js";

/** https://docs.stripe.com/changelog/basil/2025-03-31/deprecate-legacy-usage-based-billing */
const until = "2025-03-31.basil";

const aggregate_usage = choice("last_during_period", "last_ever", "max", "sum");

const { recurring } = requestFields("POST /v1/prices");

/** What only earlier versions say of a price: how usage counts that is reported without a meter. */
export const olderPrice = { until, fields: { recurring: hash({ ...recurring?.fields, aggregate_usage }) } };
export const olderPlan = { until, fields: { aggregate_usage } };

type Counted = Pick<GivenRecurring, "aggregate_usage" | "meter" | "usage_type">;

/** In earlier versions a metered price without a meter sums up its usage unless it says otherwise. */
export const countedIn = <T extends Counted>(version: string, given: T): T =>
  isOlder(version, until) && given.usage_type === "metered" && given.meter === undefined
    ? { ...given, aggregate_usage: given.aggregate_usage ?? "sum" }
    : given;
