import { BillingError } from "@tollgate/core";

/** @throws BillingError `invalid_options`, always. */
export function refuseOption(option: string, problem: string): never {
  throw new BillingError("invalid_options", `createBilling: \`${option}\` ${problem}.`, {
    details: { option },
  });
}
