import { createDatabase, dropDatabase } from "../postgres/databases.js";
import { interleave, medians } from "../run/interleave.js";
import type { Part } from "../run/part.js";
import { startWorker, type Worker } from "../run/process.js";
import { type FilledStore, openFilledStore } from "../sizes/filled-store.js";
import type { CheckKind } from "./checker.js";
import { reportAccess } from "./report-access.js";

const rounds = 25;
const population = 1000;

export const access: Part = {
  name: "access",
  title: "Access checks",
  async measure(context) {
    const { serverUrl, hasPeers } = context;
    const workers = new Map<CheckKind, Worker>();
    let store: FilledStore | undefined;
    try {
      store = await openFilledStore(context, population);
      for (const kind of ["warm", "cold", "key"] as const) workers.set(kind, store.checker);
      if (hasPeers) {
        const databaseUrl = await createDatabase(serverUrl, "bench_list");
        const list = startWorker("check-access.ts", { subject: "better-auth", databaseUrl, population });
        workers.set("list", list);
        const autumn = startWorker("check-access.ts", { subject: "autumn", databaseUrl: "", population });
        workers.set("autumn", autumn);
        for (const worker of [list, autumn]) await worker.ask("open");
      }
      const run = (kind: CheckKind) => check(workers.get(kind), kind);
      const kinds = [...workers.keys()];
      for (const kind of kinds) await run(kind);
      return reportAccess(
        medians(await interleave(rounds, kinds, run), (value) => value),
        rounds,
      );
    } finally {
      for (const worker of new Set(workers.values())) await worker.stop();
      await store?.close();
      await dropDatabase(serverUrl, "bench_list");
    }
  },
};

/** Microseconds for each. */
export async function check(worker: Worker | undefined, kind: CheckKind): Promise<number> {
  if (worker === undefined) throw new Error(`Nobody checks "${kind}".`);
  return worker.ask<number>("check", kind);
}
