import http from "node:http";
import { BillingError } from "../../src/index.js";
import type { ExampleBilling } from "./example-billing.js";

/** A server of node's own, without any framework. */
export function createNodeServer(billing: ExampleBilling) {
  return http.createServer(async (req, res) => {
    if (req.url === "/broken") {
      res.writeHead(500).end();
      return;
    }
    try {
      await billing.require(req, "export");
      res.end("week,visitors");
    } catch (error) {
      const internal = new BillingError("internal", "Something went wrong.", { cause: error });
      const refusal = error instanceof BillingError ? error : internal;
      res.writeHead(refusal.status, refusal.headers).end(JSON.stringify(refusal));
    }
  });
}
