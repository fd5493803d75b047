import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { answer, readSettings } from "./run/process.js";
import { openBetterAuthContender } from "./webhooks/better-auth.js";
import type { Contender, ContenderName, ContenderSettings } from "./webhooks/contender.js";
import { openFloor } from "./webhooks/floor.js";
import { openFloorCallbacks } from "./webhooks/floor-callbacks.js";
import { openOurs } from "./webhooks/ours.js";
import { openSyncEngine } from "./webhooks/sync-engine.js";

// A process per contender, so that none runs code that the others have slowed down.

const openers = {
  floor: openFloor,
  "floor-callbacks": openFloorCallbacks,
  ours: openOurs,
  callbacks: openOurs,
  rereads: openOurs,
  "sync-engine": openSyncEngine,
  "better-auth": openBetterAuthContender,
} satisfies Record<ContenderName, (settings: ContenderSettings) => Promise<Contender>>;

const settings = readSettings<ContenderSettings>();
let opened: Contender | undefined;

answer({
  async open() {
    const contender = await openers[settings.name](settings);
    opened = contender;
    const server = createServer(getRequestListener(contender.handle));
    server.keepAliveTimeout = 0;
    await once(server.listen(0, "127.0.0.1"), "listening");
    return { port: (server.address() as AddressInfo).port, path: contender.path, version: contender.version };
  },
  /** In microseconds. */
  cpu() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** Resolves once so many callbacks have run, where there is one for each event. */
  async told(count: number) {
    while (opened?.told !== undefined && opened.told() < count)
      await new Promise((resolve) => setTimeout(resolve, 1));
  },
  quantities: (ids: readonly string[]) => opened?.readQuantities(ids),
});
