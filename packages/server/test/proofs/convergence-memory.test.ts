import { describeConvergence } from "./describe-convergence.js";
import { openMemory } from "./shared-database.js";

describeConvergence("memory", 0.1, openMemory);
