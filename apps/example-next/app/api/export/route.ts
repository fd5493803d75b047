import { BillingError } from "@tollgate/server";
import { billing } from "../../../billing/server";

// What one person may see, or why they may not, is nobody else's: no cache keeps it.
const noStore = { "cache-control": "no-store" };

/** An API route of the app that only paying customers may call. */
export async function GET(request: Request): Promise<Response> {
  try {
    await billing.require(request, "export");
  } catch (error) {
    if (error instanceof BillingError)
      return Response.json(error, { status: error.status, headers: noStore });
    throw error;
  }
  return new Response("week,visitors\n45,1204\n46,1377\n47,1512\n", {
    headers: {
      ...noStore,
      "content-type": "text/csv",
      "content-disposition": 'attachment; filename="reports.csv"',
    },
  });
}
