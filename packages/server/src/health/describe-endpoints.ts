import type { WebhookEndpoint } from "@tollgate/core";

/**
 * What is wrong with the endpoints that the provider has for our address, each in words for an operator. Several
 * complement each other: what one of them hears is heard.
 *
 * @param input.isExpected whether there has to be one; on a developer's machine events are forwarded or missing
 */
export function describeEndpoints(
  endpoints: readonly WebhookEndpoint[],
  { url, isExpected }: { readonly url: string; readonly isExpected: boolean },
): readonly string[] {
  const [first] = endpoints;
  if (first === undefined) {
    return isExpected ? [`The provider has no webhook endpoint for ${url}: no event arrives.`] : [];
  }
  const enabled = endpoints.filter((one) => one.enabled);
  const [main, ...others] = enabled;
  if (main === undefined) return [`The webhook endpoint ${first.id} is disabled: no event arrives.`];
  const missing = main.missingTypes.filter((type) => others.every((one) => one.missingTypes.includes(type)));
  const unheard =
    missing.length === 0 ? [] : [`The webhook endpoint ${main.id} does not hear ${missing.join(", ")}.`];
  return [...unheard, ...enabled.flatMap(describeVersion)];
}

function describeVersion({ id, version, wantedVersion }: WebhookEndpoint): readonly string[] {
  if (version === null || version === wantedVersion) return [];
  return [
    `The webhook endpoint ${id} has API version ${version}, not ${wantedVersion}: each event costs a read of its object.`,
  ];
}
