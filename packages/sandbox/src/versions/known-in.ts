import { StripeError } from "../engine/world/stripe-error.js";
import { changes } from "./changes.js";
import { isOlder } from "./version.js";

const broughtBy = (part: "codes" | "events"): ReadonlyMap<string, string> =>
  new Map(changes.flatMap((change) => (change[part] ?? []).map((name) => [name, change.since] as const)));

const events = broughtBy("events");
const codes = broughtBy("codes");

const isKnown = (since: string | undefined, version: string): boolean =>
  since === undefined || !isOlder(version, since);

/** Whether an API version has a type of events; those that it does not know are neither sent nor listed. */
export const knowsEvent = (version: string, type: string): boolean => isKnown(events.get(type), version);

/** A refusal as an API version has it: without a code that came later. */
export const refusalIn = (version: string, refusal: StripeError): StripeError => {
  const { code, doc_url: _page, ...rest } = refusal.body;
  return code === undefined || isKnown(codes.get(code), version)
    ? refusal
    : new StripeError(refusal.status, rest);
};
