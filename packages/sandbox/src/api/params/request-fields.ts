import { requestShapes } from "../generated/requests.js";
import type { FieldCode, HashCode } from "../shapes/request-shapes.js";
import type { Field, Fields } from "./fields.js";

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
