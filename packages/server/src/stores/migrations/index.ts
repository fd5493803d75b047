import { firstTables } from "./0001-tables.js";
import { jobEngine } from "./job-engine.js";
import type { Migration } from "./migration.js";

/** In the order in which they run. */
export const migrations: readonly Migration[] = [firstTables, jobEngine];
