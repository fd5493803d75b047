import { BillingError } from "@tollgate/core";
import { pglite } from "../src/stores/pglite/pglite.js";

/** How opening the folder given as an argument went; the store is left open. */
export const outcome: string = await pglite(process.argv[2])
  .migrate()
  .then(
    () => "opened",
    (error: unknown) => (error instanceof BillingError ? error.code : String(error)),
  );
