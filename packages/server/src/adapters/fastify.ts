import { Readable } from "node:stream";
import { BillingError } from "@tollgate/core";
import type { FastifyPluginAsync } from "fastify";
import type { Billing } from "../billing/billing.js";
import { answer } from "./node-exchange.js";

export { toFetchRequest } from "./to-fetch-request.js";

/**
 * Mounts billing in Fastify 5, under `basePath`. It leaves bodies unread, in its own scope only, because
 * webhooks are verified over exactly the bytes that arrived; the parsers of your other routes stay.
 *
 * @throws BillingError `invalid_options` while the app starts, when it is registered under a prefix that
 * is not the beginning of `basePath`.
 * @example
 * fastify.register(toFastifyPlugin(billing));
 * @example
 * fastify.register(toFastifyPlugin(billing), { prefix: "/api/billing" });
 */
export function toFastifyPlugin(
  billing: Pick<Billing, "handler" | "appUrl" | "basePath">,
): FastifyPluginAsync {
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.all(`${pathWithin(scope.prefix, billing.basePath)}/*`, async (request, reply) => {
      const { raw: req, url, body } = request;
      // What the parser above passed on; nothing when there is no body.
      const stream = body instanceof Readable ? body : req;
      return reply.send(await answer(billing, { req, res: reply.raw, url, stream, fix }));
    });
  };
}

function pathWithin(prefix: string, basePath: string): string {
  if (basePath === prefix || basePath.startsWith(`${prefix}/`)) return basePath.slice(prefix.length);
  throw new BillingError(
    "invalid_options",
    `toFastifyPlugin: the prefix "${prefix}" is not the beginning of \`basePath\` "${basePath}". Register it without a prefix, or give createBilling the path under which it is mounted.`,
    { details: { option: "basePath" } },
  );
}

const fix =
  "One of the app's hooks (`preParsing`, `onRequest`) read it: let it leave billing's paths alone, or give on a " +
  "stream of the same bytes.";
