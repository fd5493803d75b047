import { pageOf } from "../answers/page-of.js";
import { invoicePreviewRoutes } from "../invoices/invoice-preview.js";
import { pagination } from "../params/fields.js";
import type { Call, Route } from "../params/route.js";
import { usageRecordRoutes } from "../subscriptions/usage-records.js";

const path = "/v1/invoices/upcoming";

/** https://docs.stripe.com/changelog/basil/2025-03-31/invoice-preview-api-deprecations */
const upcomingRoutes = invoicePreviewRoutes.flatMap((preview): Route[] => {
  const invoiceOf = (call: Call<object>) =>
    preview.run(call) as { id: string; lines: { data: { id: string }[] } };
  const ended = { since: "2025-03-31.basil", by: "POST /v1/invoices/create_preview" } as const;
  return [
    {
      ...preview,
      method: "GET",
      path,
      ended,
      // An upcoming invoice has no id.
      run: (call) => ({ ...invoiceOf(call), id: undefined }),
    },
    {
      ...preview,
      method: "GET",
      path: `${path}/lines`,
      fields: { ...preview.fields, ...pagination },
      simulated: [...(preview.simulated ?? []), ...Object.keys(pagination)],
      ended,
      run: (call) => pageOf(invoiceOf(call).lines.data, call.params, `${path}/lines`),
    },
  ];
});

/** Addresses that only earlier API versions have. */
export const olderRoutes: readonly Route[] = [...upcomingRoutes, ...usageRecordRoutes];
