import { lookup } from "../../api/answers/lookup.js";
import type { World } from "../../engine/world/world.js";
import { isRefused, type LoggedRequest } from "../../requests/logged-request.js";

/** What a list of requests is narrowed down to; an empty text leaves everything. */
export type RequestFilter = {
  method: string;
  /** A part of the address. */
  path: string;
  /** `ok`, `refused`, or a status. */
  status: string;
  /** The id of a customer. */
  customer: string;
};

const hasStatus = (request: LoggedRequest, wanted: string): boolean => {
  if (wanted === "ok") return !isRefused(request);
  if (wanted === "refused") return isRefused(request);
  return String(request.status) === wanted;
};

/** Whether an object that an address names is a customer's: a refusal may not say so. */
const belongs = (world: World, path: string, customer: string): boolean =>
  path.split("/").some((part) => {
    const object: object | undefined = part === "" ? undefined : lookup(world, part);
    return object !== undefined && Reflect.get(object, "customer") === customer;
  });

/** Whether a request names a customer, or an answer does, or what it was about is the customer's. */
const isAbout = (world: World, request: LoggedRequest, customer: string): boolean =>
  request.path.split("/").includes(customer) ||
  request.answer.includes(`"${customer}"`) ||
  JSON.stringify(request.params).includes(`"${customer}"`) ||
  belongs(world, request.path, customer);

/** Whether a request is in a list. */
export const matches = (
  world: World,
  request: LoggedRequest,
  { method, path, status, customer }: RequestFilter,
): boolean =>
  (method === "" || request.method === method) &&
  (path === "" || request.path.includes(path)) &&
  (status === "" || hasStatus(request, status)) &&
  (customer === "" || isAbout(world, request, customer));
