import qs from "qs";

/** In the order in which they are made, so that later ones can refer to earlier ones. */
const addresses = {
  tax_rates: "/v1/tax_rates",
  features: "/v1/entitlements/features",
  products: "/v1/products",
  prices: "/v1/prices",
  meters: "/v1/billing/meters",
  coupons: "/v1/coupons",
  promotion_codes: "/v1/promotion_codes",
  shipping_rates: "/v1/shipping_rates",
  portal_configurations: "/v1/billing_portal/configurations",
  customers: "/v1/customers",
  subscriptions: "/v1/subscriptions",
  webhook_endpoints: "/v1/webhook_endpoints",
} as const;

type Resource = keyof typeof addresses;

/**
 * The parameters of what exists from the start, as the API takes them. An object that is given a name with `as`
 * can be referred to later on as `$name`.
 *
 * @example
 * { products: [{ as: "pro", name: "Pro" }], prices: [{ product: "$pro", currency: "usd", unit_amount: 900 }] }
 */
export type SeedData = Partial<Record<Resource, ReadonlyArray<{ as?: string; [param: string]: unknown }>>>;

type Target = {
  fetch: (request: Request) => Promise<Response>;
  url: string;
  secretKey: string;
  /** What is blamed, such as a file. */
  source: string;
};

/** `recurring[interval]` of the second price as `seedData.prices[1].recurring.interval`. */
const placeOf = (place: string, param: unknown): string =>
  typeof param === "string"
    ? `${place}.${param.replaceAll(/\[(\w+)\]/g, (_, key) => (/^\d/.test(key) ? `[${key}]` : `.${key}`))}`
    : place;

const resolveNames = (value: unknown, names: Map<string, string>, place: string): unknown => {
  if (typeof value === "string" && value.startsWith("$")) {
    const id = names.get(value.slice(1));
    if (id === undefined) throw new Error(`${place}: nothing before it is named ${value.slice(1)}.`);
    return id;
  }
  if (Array.isArray(value))
    return value.map((item, index) => resolveNames(item, names, `${place}[${index}]`));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveNames(item, names, `${place}.${key}`)]),
  );
};

const checkResources = (seed: object, source: string): void => {
  for (const [name, rows] of Object.entries(seed)) {
    if (!Object.hasOwn(addresses, name))
      throw new Error(
        `${source}: seedData.${name} is unknown; known are ${Object.keys(addresses).join(", ")}.`,
      );
    if (!Array.isArray(rows)) throw new Error(`${source}: seedData.${name} must be a list.`);
  }
};

const make = async (target: Target, path: string, params: unknown, place: string): Promise<string> => {
  const response = await target.fetch(
    new Request(`${target.url}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${target.secretKey}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: qs.stringify(params),
    }),
  );
  const answer = (await response.json()) as { id?: string; error?: { message: string; param?: string } };
  if (answer.error) throw new Error(`${placeOf(place, answer.error.param)}: ${answer.error.message}`);
  return answer.id ?? "";
};

/** Creates everything through the API's own routes, so errors are the API's own, with their place. */
export const applySeed = async (target: Target, seed: SeedData): Promise<void> => {
  checkResources(seed, target.source);
  const names = new Map<string, string>();
  for (const [name, path] of Object.entries(addresses)) {
    for (const [index, row] of (seed[name as Resource] ?? []).entries()) {
      const place = `${target.source}: seedData.${name}[${index}]`;
      const { as, ...given } = row;
      const id = await make(target, path, resolveNames(given, names, place), place);
      if (as !== undefined) names.set(as, id);
    }
  }
};
