import { shown } from "../../engine/world/check-limits.js";
import { checkKeyCount } from "../../engine/world/metadata.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";

/** https://docs.stripe.com/api/metadata */
const most = { keyLength: 40, valueLength: 500 };

const checkEntry = (key: string, value: unknown, param: string): void => {
  const name = `${param}[${key}]`;
  if (typeof value !== "string") throw invalidRequest(`Invalid string: ${shown(value)}`, undefined, name);
  if (key.length > most.keyLength)
    throw invalidRequest(
      `Metadata keys can have up to ${most.keyLength} characters, but you passed in a key that is ` +
        `${key.length} characters. Invalid key: ${shown(key)}`,
      undefined,
      param,
    );
  // "You can't use square brackets ([ and ]) in keys": https://docs.stripe.com/api/metadata. The words are ours.
  if (/[[\]]/.test(key))
    throw invalidRequest(
      `Metadata keys can't contain square brackets ([ and ]). Invalid key: ${shown(key)}`,
      undefined,
      param,
    );
  if (value.length > most.valueLength)
    throw invalidRequest(
      `Metadata values can have up to ${most.valueLength} characters, but you passed in a value that is ` +
        `${value.length} characters. Invalid value: ${shown(value)}`,
      undefined,
      name,
    );
  if (`${key}${value}`.includes("\0"))
    throw invalidRequest("Invalid string: must not contain null bytes", undefined, name);
};

/** Reads metadata, or throws Stripe's refusal of a key or a value that is too long, or of too many keys. */
export const decodeMetadata = (value: unknown, param: string): Record<string, string> => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidRequest("Invalid object", undefined, param);
  const entries = Object.entries(value);
  checkKeyCount(entries.length, param);
  for (const [key, item] of entries) checkEntry(key, item, param);
  return Object.fromEntries(entries) as Record<string, string>;
};
