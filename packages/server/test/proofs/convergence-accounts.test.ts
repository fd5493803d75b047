import { describeConvergence } from "./describe-convergence.js";
import { openPostgresDatabase } from "./shared-database.js";

// An app on its way from one account to another: its customers subscribe in both, which tell at once.
describeConvergence("Postgres, with two accounts", 0.1, () => openPostgresDatabase("this process"), [
  "stripe",
  "stripe-new",
]);
