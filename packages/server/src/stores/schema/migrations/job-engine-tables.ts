import { installJobEngine } from "../../jobs/job-engine.js";
import type { Migration } from "./migration.js";

/** Named after the version of pg-boss's own schema: another version is another migration. */
export const jobEngine: Migration = {
  id: "pg-boss-24",
  async apply(tx) {
    await installJobEngine(tx);
  },
};
