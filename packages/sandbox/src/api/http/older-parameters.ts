import { find } from "../../engine/world/find.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import type { World } from "../../engine/world/world.js";

type Given = Record<string, unknown>;
type Older = {
  /** The version that removed the old form. */
  until: string;
  endpoints: readonly string[];
  /** The endpoints that take the old form without a version too, because Stripe's CLI sends none there. */
  unversioned?: readonly string[];
  /** What the old form is in the present one. */
  toCurrent(given: Given, world: World): Given;
};

const isHash = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const rename =
  (from: string, to: string) =>
  (given: Given): Given => {
    if (!Object.hasOwn(given, from)) return given;
    const { [from]: value, ...rest } = given;
    return { ...rest, [to]: value };
  };

const promotionOf = (given: Given): Given => {
  const { coupon, ...rest } = given;
  return coupon === undefined ? given : { ...rest, promotion: { type: "coupon", coupon } };
};

/** `iterations` counted a phase's length in periods of its first price. */
const withDuration = (phase: unknown, world: World): unknown => {
  if (!isHash(phase) || phase.iterations === undefined) return phase;
  const { iterations, ...rest } = phase;
  const [item] = isHash(phase.items) || Array.isArray(phase.items) ? Object.values(phase.items) : [];
  const price = isHash(item) && typeof item.price === "string" ? find(world.prices, item.price) : undefined;
  if (!price?.recurring) return phase;
  const { interval, interval_count } = price.recurring;
  return { ...rest, duration: { interval, interval_count: String(interval_count * Number(iterations)) } };
};

const withDurations = (given: Given, world: World): Given => {
  const { phases } = given;
  if (!isHash(phases) && !Array.isArray(phases)) return given;
  return { ...given, phases: Object.values(phases).map((phase) => withDuration(phase, world)) };
};

/** Parameters of earlier API versions: Stripe's CLI sends them, and so does code that pins such a version. */
const olderForms: readonly Older[] = [
  {
    until: "2026-10-28.endive",
    endpoints: [
      "POST /v1/checkout/sessions",
      "POST /v1/payment_intents",
      "POST /v1/payment_intents/:id",
      "POST /v1/payment_intents/:id/confirm",
      "POST /v1/setup_intents",
      "POST /v1/setup_intents/:id",
    ],
    unversioned: ["POST /v1/checkout/sessions"],
    toCurrent: rename("payment_method_types", "allowed_payment_method_types"),
  },
  { until: "2025-09-30.clover", endpoints: ["POST /v1/promotion_codes"], toCurrent: promotionOf },
  {
    until: "2025-09-30.clover",
    endpoints: ["POST /v1/subscription_schedules", "POST /v1/subscription_schedules/:id"],
    toCurrent: withDurations,
  },
];

const versionPattern = /^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/;

/** Whether a request asks for an API version earlier than the given one; versions begin with their date. */
export const isOlder = (version: string | null, than: string): boolean =>
  version !== null && version.slice(0, 10) < than.slice(0, 10);

/**
 * A request's parameters in the form of the present API version, if its `Stripe-Version` is an earlier one.
 * Answers always have the present shape.
 */
export const inCurrentForm = (
  endpoint: string,
  version: string | null,
  given: Given,
  world: World,
): Given => {
  if (version !== null && !versionPattern.test(version))
    throw invalidRequest(`Invalid Stripe API version: ${version}`);
  return olderForms
    .filter(({ until, endpoints, unversioned }) =>
      version === null
        ? unversioned?.includes(endpoint)
        : endpoints.includes(endpoint) && isOlder(version, until),
    )
    .reduce((form, { toCurrent }) => toCurrent(form, world), given);
};
