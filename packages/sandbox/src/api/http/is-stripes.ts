import { absentFamilies } from "../generated/absent-families.js";
import { sdkCalls } from "../generated/sdk-calls.js";

/** `/v1/a/:id` as what matches `/v1/a/b`, whatever the part is. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+").replaceAll("/", "\\/")}(\\/|$)`);

const families = absentFamilies.map(patternOf);
const endpoints = Object.keys(sdkCalls).map((name) => {
  const [method = "", path = ""] = name.split(" ");
  return { method, pattern: new RegExp(`${patternOf(path).source.replace(/\(\\\/\|\$\)$/, "")}$`) };
});

/** Whether an address that the sandbox does not serve is one of Stripe's, as far as the SDK calls it. */
export const isStripes = (method: string, path: string): boolean =>
  families.some((family) => family.test(path)) ||
  endpoints.some((endpoint) => endpoint.method === method && endpoint.pattern.test(path));
