import { createDatabase, dropDatabase } from "../postgres/databases.js";
import type { BenchContext } from "../run/part.js";
import { startWorker, type Worker } from "../run/process.js";
import { type Entrant, enter } from "../webhooks/entrant.js";
import { fillStore } from "./fill-store.js";

const webhookSecret = "whsec_a_secret_of_the_bench";

/** A store of ours with that many subscriptions, served and checked. */
export interface FilledStore {
  readonly entrant: Entrant;
  readonly checker: Worker;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** Makes one: the first subscription comes through the handler, the others are its copies. */
export async function openFilledStore(context: BenchContext, population: number): Promise<FilledStore> {
  const name = `bench_ours_${population}`;
  const databaseUrl = await createDatabase(context.serverUrl, name);
  const loader = startWorker("load-webhooks.ts", { template: context.template, secret: webhookSecret });
  const apiBase = await loader.ask<string>("open");
  const settings = { name: "ours", databaseUrl, webhookSecret, apiBase, population } as const;
  const entrant = await enter(settings, loader, context.databaseTime);
  await entrant.send(1, 1);
  await fillStore(databaseUrl, population);
  entrant.skip(population - 1);
  const checker = startWorker("check-access.ts", { subject: "ours", databaseUrl, population });
  await checker.ask("open");
  return {
    entrant,
    checker,
    databaseUrl,
    async close() {
      for (const worker of [entrant, checker, loader]) await worker.stop();
      await dropDatabase(context.serverUrl, name);
    },
  };
}
