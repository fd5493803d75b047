import { BillingError } from "../../src/index.js";
import type { ExampleBilling } from "./example-billing.js";

/** A loader of React Router 7. */
export function createLoader(billing: ExampleBilling) {
  return async function loader({ request }: { readonly request: Request }) {
    try {
      await billing.require(request, "export");
    } catch (error) {
      throw error instanceof BillingError ? error.toResponse() : error;
    }
    return { rows: ["week,visitors"] };
  };
}
