import { describeConvergence } from "./describe-convergence.js";
import { openPgliteDatabase } from "./shared-database.js";

describeConvergence("PGlite", 0.15, openPgliteDatabase);
