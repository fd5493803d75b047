import { metricsCsv } from "@tollgate/core";
import { requireStaff } from "../../../billing/current-person";
import { billing } from "../../../billing/server";
import { monthsAgo, readWish } from "../../numbers/read-wish";

/** The figures of the page, for a spreadsheet. */
export async function GET(request: Request): Promise<Response> {
  await requireStaff();
  const { months, currency } = readWish(Object.fromEntries(new URL(request.url).searchParams));
  const report = await billing.metrics({ from: monthsAgo(months - 1), currency });
  return new Response(metricsCsv(report), {
    headers: {
      "cache-control": "no-store",
      "content-type": "text/csv",
      "content-disposition": `attachment; filename="numbers-${currency}.csv"`,
    },
  });
}
