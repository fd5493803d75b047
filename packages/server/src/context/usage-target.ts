import type { UsageReport } from "@tollgate/core";

/** Is told what was used: of the same report again, with the same `id`, when it threw or its answer got lost. */
export type UsageSink = (report: UsageReport) => Promise<void>;

/** Who is told what was used, where a plan bills it. */
export type UsageTarget = "provider" | "none" | UsageSink;
