import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type EventTemplate, fillTemplate } from "./events/event-template.js";
import { subjectOf } from "./events/subject.js";
import { answer, readSettings } from "./run/process.js";
import { buildRequests } from "./webhooks/build-requests.js";
import type { Load, LoadResult } from "./webhooks/load.js";
import { sendAll } from "./webhooks/send-all.js";

// The provider, in a process of its own: it sends events, and answers whoever asks for a subscription.

const { template, secret } = readSettings<{ readonly template: EventTemplate; readonly secret: string }>();

/** What was last told about each subscription, for whoever asks. */
const told = new Map<string, number>();

answer({
  async open() {
    const api = createServer((request, response) => {
      response.setHeader("content-type", "application/json");
      if (!/\/v1\/subscriptions\/sub_/.test(request.url ?? "")) {
        response.end(JSON.stringify({ object: "list", data: [], has_more: false, url: request.url }));
        return;
      }
      const subscription = /\/v1\/subscriptions\/([^?]+)/.exec(request.url ?? "")?.[1] ?? "";
      const quantity = told.get(subscription) ?? 1;
      const customer = subscription.replace("sub_1SBench", "cus_Bench").replace("Tollgate", "");
      const item = `si_${subscription}`;
      const fields = { event: "", subscription, customer, item, created: 0, quantity, version: "" };
      response.end(fillTemplate(template.subscription, fields));
    });
    await once(api.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  },
  async send(load: Load): Promise<LoadResult> {
    const requests = buildRequests(template, secret, load);
    globalThis.gc?.();
    const { first, population } = load;
    return sendAll(load, requests, (index) => {
      const { subscriptionId, turn } = subjectOf(first + index, population);
      told.set(subscriptionId, turn);
    });
  },
});
