import { describeConvergence } from "./describe-convergence.js";
import { openPostgresDatabase } from "./shared-database.js";

describeConvergence("Postgres", openPostgresDatabase);
