import { importPeer } from "../../peers/load-peer.js";
import { startWorker } from "../run/process.js";
import type { Checker } from "./checker.js";

interface AutumnModule {
  readonly Autumn: new (options: {
    readonly secretKey: string;
    readonly serverURL: string;
  }) => {
    check(input: {
      readonly customerId: string;
      readonly featureId: string;
    }): Promise<{ readonly allowed: boolean }>;
  };
}

/** `check` against a stand-in that answers at once, without the trip to their servers. */
export async function openAutumnCheck() {
  const { Autumn } = (await importPeer("autumn-js")) as AutumnModule;
  const serverURL = await startWorker("stub-autumn.ts", null).ask<string>("open");
  const client = new Autumn({ secretKey: "am_sk_test_bench", serverURL });
  const autumn: Checker = async (count) => {
    for (let index = 0; index < count; index++) {
      const { allowed } = await client.check({ customerId: "org_1", featureId: "export" });
      if (!allowed) throw new Error("autumn-js refuses what the stand-in allows.");
    }
  };
  return { autumn };
}
