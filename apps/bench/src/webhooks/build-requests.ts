import { type EventTemplate, fillTemplate, signBody } from "../events/event-template.js";
import { subjectOf } from "../events/subject.js";
import type { Load } from "./load.js";

/** The bytes of each request, made before the clock runs. */
export function buildRequests(template: EventTemplate, secret: string, load: Load): readonly Buffer[] {
  const { first, count, population, port, path, version, since } = load;
  return Array.from({ length: count }, (_, index) => {
    const { subscriptionId, customerId, turn } = subjectOf(first + index, population);
    const body = fillTemplate(template, {
      event: `evt_1SBench${String(first + index).padStart(10, "0")}Tollgate`,
      subscription: subscriptionId,
      customer: customerId,
      item: `si_${subscriptionId}`,
      created: since + turn * 2,
      quantity: turn,
      version,
    });
    const head = [
      `POST ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      "user-agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "accept: */*; q=0.5, application/xml",
      "content-type: application/json; charset=utf-8",
      `content-length: ${Buffer.byteLength(body)}`,
      `stripe-signature: ${signBody(body, secret)}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
