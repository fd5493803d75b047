import type { ExampleCatalog } from "@tollgate/core/testing";
import type { Billing } from "../../src/index.js";

/** The billing that the apps here are mounted with. */
export type ExampleBilling = Billing<ExampleCatalog>;
