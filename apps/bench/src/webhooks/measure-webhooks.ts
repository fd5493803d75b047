import { createDatabase, dropDatabase, runOn } from "../postgres/databases.js";
import { interleave, medians } from "../run/interleave.js";
import { type BenchContext, type Part, tell } from "../run/part.js";
import { startWorker } from "../run/process.js";
import type { ContenderName } from "./contender.js";
import { type Entrant, enter, type Round } from "./entrant.js";
import { reportWebhooks } from "./report-webhooks.js";
import type { WebhookResult } from "./webhook-result.js";

const rounds = 7;
/** How long a round is meant to take, in milliseconds. */
const roundTime = 900;
const population = 1000;
const webhookSecret = "whsec_a_secret_of_the_bench";

export const webhooks: Part = {
  name: "webhooks",
  title: "Webhooks",
  async measure(context) {
    const loader = startWorker("load-webhooks.ts", { template: context.template, secret: webhookSecret });
    const names = contendersOf(context);
    const entrants = new Map<ContenderName, Entrant>();
    try {
      const apiBase = await loader.ask<string>("open");
      for (const name of names) {
        const databaseUrl = await createDatabase(context.serverUrl, databaseOf(name));
        const settings = { name, databaseUrl, webhookSecret, apiBase, population };
        entrants.set(name, await enter(settings, loader, context.databaseTime));
      }
      // Everything is compiled, and every subscription stored, before the measuring begins.
      for (const [name, entrant] of entrants) {
        tell(`webhooks: ${name} warms up`);
        await entrant.send(32, 4 * population);
      }
      const results = [];
      for (const clients of [1, 32]) results.push(await measureAt(clients, names, entrants, context));
      return reportWebhooks(results, rounds);
    } finally {
      for (const entrant of entrants.values()) await entrant.stop();
      await loader.stop();
      for (const name of names) await dropDatabase(context.serverUrl, databaseOf(name));
    }
  },
};

const databaseOf = (name: ContenderName): string => `bench_${name.replace("-", "_")}`;

function contendersOf({ hasPeers }: BenchContext): readonly ContenderName[] {
  const ours = ["floor", "ours", "floor-callbacks", "callbacks", "rereads"] as const;
  const all = hasPeers ? ([...ours, "sync-engine", "better-auth"] as const) : ours;
  const asked = process.env.BENCH_CONTENDERS?.split(",");
  return all.filter((name) => asked?.includes(name) ?? true);
}

async function measureAt(
  clients: number,
  names: readonly ContenderName[],
  entrants: ReadonlyMap<ContenderName, Entrant>,
  { serverUrl }: BenchContext,
): Promise<WebhookResult> {
  const send = (name: ContenderName, count: number): Promise<Round> => {
    const entrant = entrants.get(name);
    if (entrant === undefined) throw new Error(`${name} has not entered.`);
    return entrant.send(clients, count);
  };
  const counts = new Map<ContenderName, number>();
  for (const name of names) {
    const { perSecond } = await send(name, clients === 1 ? 300 : 1500);
    counts.set(name, Math.max(50, Math.round((perSecond * roundTime) / 1000)));
  }
  tell(`webhooks: ${rounds} rounds with ${clients} client${clients > 1 ? "s" : ""}`);
  await runOn(serverUrl, "CHECKPOINT");
  const results = await interleave(rounds, names, (name) => send(name, counts.get(name) ?? 0));
  for (const entrant of entrants.values()) await entrant.check();
  return {
    clients,
    perSecond: medians(results, ({ perSecond }) => perSecond),
    cpu: medians(results, ({ cpu }) => cpu),
    databaseCpu: medians(results, ({ databaseCpu }) => databaseCpu),
  };
}
