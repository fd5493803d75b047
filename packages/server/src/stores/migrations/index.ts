import { firstTables } from "./0001-tables.js";
import { rateLimits } from "./0006-rate-limits.js";
import { jobEngine } from "./job-engine.js";
import type { Migration } from "./migration.js";

/** In the order in which they run. */
export const migrations: readonly Migration[] = [firstTables, jobEngine, rateLimits];
