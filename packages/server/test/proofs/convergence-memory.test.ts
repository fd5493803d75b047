import { describeConvergence } from "./describe-convergence.js";
import { openMemory } from "./shared-database.js";

describeConvergence("memory", 0.3, openMemory);
