import { BillingError } from "@tollgate/server";
import { billing } from "../../../billing/server";

/** An API route of the app that only paying customers may call. */
export async function GET(request: Request): Promise<Response> {
  try {
    await billing.require(request, "export");
  } catch (error) {
    if (error instanceof BillingError) return error.toResponse();
    throw error;
  }
  return new Response("week,visitors\n45,1204\n46,1377\n47,1512\n", {
    headers: {
      // What one person may see is nobody else's.
      "cache-control": "no-store",
      "content-type": "text/csv",
      "content-disposition": 'attachment; filename="reports.csv"',
    },
  });
}
