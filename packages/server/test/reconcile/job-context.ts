import { defaultChangePolicies, defaultDisputeRules, type Store } from "@tollgate/core";
import { buildCatalog } from "@tollgate/core/testing";
import { createProviders } from "../../src/context/providers.js";
import { createCreditsDesk } from "../../src/credits/credits-desk.js";
import type { JobContext } from "../../src/jobs/job-handler.js";
import { noTelemetry } from "../../src/telemetry/telemetry.js";
import type { World } from "../world.js";

/** What the job works with. */
export async function contextOf(
  world: Pick<World, "provider" | "sandbox">,
  store: Store,
): Promise<JobContext> {
  await store.migrate();
  const owner = { app: "default", database: (await store.readInstallation()).id };
  return {
    store,
    owner,
    provider: world.provider,
    providers: createProviders(world.provider),
    clock: world.sandbox.now,
    logger: { error: () => {}, warn: () => {}, info: () => {} },
    telemetry: noTelemetry,
    endpoint: { look: async () => [] },
    dunning: { noticeDays: [], updateUrl: "https://app.example.com/api/billing/portal/card" },
    graceDays: 7,
    catalog: buildCatalog(),
    creditsDesk: createCreditsDesk(),
    duplicates: "cancel_and_refund",
    refunds: { full: "end_current" },
    disputes: defaultDisputeRules,
    eventRetentionDays: 90,
    historyRetentionDays: null,
    usageTarget: "provider",
    changePolicies: defaultChangePolicies,
    seatPolicy: { graceHours: 0, lower: "period_end", unpaid: "refuse" },
    grantsCredits: false,
    topsUp: false,
    identifyCustomer: ({ metadata }) => metadata.app_user ?? null,
    bindDatabase: async () => owner,
  };
}
