import createFastify from "fastify";
import { BillingError } from "../../src/index.js";
import type { ExampleBilling } from "./example-billing.js";

/** @param caught Whether it has the handler of errors that the README shows. */
export async function createFastifyApp(billing: ExampleBilling, caught: boolean) {
  const fastify = createFastify();
  fastify.get("/export", async (request) => {
    await billing.require(request, "export");
    return "week,visitors";
  });
  fastify.get("/broken", async () => {
    throw new Error("The app's own.");
  });
  if (caught)
    fastify.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof BillingError)) throw error;
      return reply.code(error.status).headers(error.headers).send(error.toJSON());
    });
  await fastify.ready();
  return fastify.server;
}
