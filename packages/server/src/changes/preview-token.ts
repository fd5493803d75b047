import { BillingError, type Change, type ChangeCost, type IsoTime } from "@tollgate/core";
import { digest } from "../idempotency/digest.js";

/**
 * What was previewed, in a few characters that a browser may carry: from when the period is settled, and a digest of
 * everything that was shown. It needs no signature, because it decides nothing: the change is previewed again from that
 * moment, and made only if exactly the same comes out. The moment must have been within the last half hour, which is all
 * that somebody could gain by making one up.
 */
export async function makeToken(change: Change, cost: ChangeCost, prorateFrom: IsoTime): Promise<string> {
  const { kind, at, subscription, itemId, to } = change;
  // What was used is billed until the moment that one asks: of such a line the sum is what was agreed on.
  const lines = cost.lines.map(({ period, ...line }) => (line.proration ? { ...line, period } : line));
  const shown = await digest([kind, at, subscription.id, itemId, to, { ...cost, lines }, prorateFrom]);
  return `${secondsOf(prorateFrom).toString(36)}.${shown.slice(0, 40)}`;
}

/** How long a preview may be charged, in seconds. */
const lifetime = 1800;

/**
 * From when the period is settled by a token.
 *
 * @throws BillingError `preview_outdated` when it is too old, or none of ours
 */
export function readToken(token: string, now: Date): IsoTime {
  const [begin = "", ...rest] = token.split(".");
  const seconds = /^[0-9a-z]{1,9}$/.test(begin) && rest.length === 1 ? Number.parseInt(begin, 36) : 0;
  const age = secondsOf(now.toISOString()) - seconds;
  if (age < 0 || age > lifetime) throw previewOutdated();
  return new Date(seconds * 1000).toISOString();
}

export function previewOutdated(): BillingError {
  return new BillingError("preview_outdated", "Something has changed since the preview. Look at it again.");
}

/** The moment from which a change that begins now is settled: providers count whole seconds. */
export function prorateFromOf(now: Date): IsoTime {
  return new Date(secondsOf(now.toISOString()) * 1000).toISOString();
}

function secondsOf(time: IsoTime): number {
  return Math.floor(Date.parse(time) / 1000);
}
