import type { Field, Fields } from "./fields.js";
import { requestShapes } from "./generated/requests.js";

/** What a parameter may be, as the SDK declares it: plain data, written by `scripts/generate-requests.ts`. */
export type FieldCode = {
  kind: Field["kind"];
  required?: true;
  clearable?: true;
  /** What a `choice` may be. */
  values?: string[];
  /** The position of a `hash`'s fields in `hashes`; inner ones come before outer ones. */
  hash?: number;
  /** What a `list` or a `map` holds. */
  of?: FieldCode;
  /** Alternative forms, such as `created` as a number or as a range. */
  or?: FieldCode[];
  minimum?: number;
  maximum?: number;
};

export type HashCode = Record<string, FieldCode>;

export type RequestShapes = { hashes: HashCode[]; requests: Record<string, HashCode> };

const toField = (code: FieldCode, hashes: Fields[]): Field => {
  const { hash, of, or, required, ...rest } = code;
  const fields = hash === undefined ? undefined : hashes[hash];
  return {
    ...rest,
    required: required ?? false,
    ...(fields ? { fields } : {}),
    ...(of ? { of: toField(of, hashes) } : {}),
    ...(or ? { or: or.map((other) => toField(other, hashes)) } : {}),
  };
};

const toFields = (code: HashCode, hashes: Fields[]): Fields =>
  Object.fromEntries(Object.entries(code).map(([name, field]) => [name, toField(field, hashes)]));

const hashes: Fields[] = [];
for (const hash of requestShapes.hashes) hashes.push(toFields(hash, hashes));

/** What an endpoint such as `POST /v1/customers` accepts. */
export const requestFields = (endpoint: string): Fields => {
  const code = Object.hasOwn(requestShapes.requests, endpoint) ? requestShapes.requests[endpoint] : undefined;
  if (!code) throw new Error(`The stripe package has no method for ${endpoint}`);
  return toFields(code, hashes);
};
