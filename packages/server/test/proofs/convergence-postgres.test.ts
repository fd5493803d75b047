import { describeConvergence } from "./describe-convergence.js";
import { openPostgresDatabase } from "./shared-database.js";

describeConvergence("Postgres", 0.3, () => openPostgresDatabase("this process"));
