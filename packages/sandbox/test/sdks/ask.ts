import { createRequire } from "node:module";

/** What an SDK answers; which fields it has is what the test is about. */
export type Answer = { id: string; status: string; [key: string]: unknown };

/** Calls a method of an SDK by its path, such as `checkout.sessions.create`. */
export type Ask = (method: string, ...given: unknown[]) => Promise<Answer>;

type Client = Record<string, unknown> & {
  webhooks: { constructEvent(body: string, signature: string, secret: string): unknown };
};
type Constructor = new (key: string, config: Record<string, unknown>) => Client;

/** What lies at a path such as `items.data.0.id`. */
export const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce((held, key) => (held as Record<string, unknown> | null | undefined)?.[key], value);

/** A client of the SDK in a folder, with the API version that it pins. */
export const openSdk = (folder: string, { url, secretKey }: { url: string; secretKey: string }) => {
  const Stripe = createRequire(import.meta.url)(folder) as Constructor;
  const { hostname, port } = new URL(url);
  const client = new Stripe(secretKey, { host: hostname, port, protocol: "http", maxNetworkRetries: 0 });
  const ask: Ask = async (path, ...given) => {
    const split = path.lastIndexOf(".");
    const resource = at(client, path.slice(0, split)) as Record<string, (...given: unknown[]) => unknown>;
    const method = resource[path.slice(split + 1)];
    if (!method) throw new Error(`This SDK has no ${path}.`);
    return (await method.apply(resource, given)) as Answer;
  };
  return { ask, webhooks: client.webhooks };
};
