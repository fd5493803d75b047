import { describeStoreConformance } from "@tollgate/core/testing";
import { memory } from "./memory.js";

describeStoreConformance("memory", { createStore: async () => memory() });
