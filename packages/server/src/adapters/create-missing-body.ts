import { BillingError } from "@tollgate/core";

/**
 * A body in place of one that somebody else has read: whoever reads it learns what went wrong and what to
 * do, instead of a "bad signature" that sends everybody looking in the wrong place.
 *
 * @param fix What to change in the app, as a sentence.
 */
export function createMissingBody(fix: string): ReadableStream<Uint8Array> {
  const error = new BillingError(
    "raw_body_missing",
    `The body was read before Tollgate saw it, and a webhook's signature can't be verified without its exact bytes. ${fix}`,
  );
  return new ReadableStream({ start: (stream) => stream.error(error) });
}
