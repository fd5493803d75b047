import { describeConvergence } from "./describe-convergence.js";
import { openPostgresDatabase } from "./shared-database.js";

describeConvergence("Postgres, by two processes", 0.2, () => openPostgresDatabase("processes of their own"));
