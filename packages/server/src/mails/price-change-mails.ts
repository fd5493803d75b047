import type { CallbackHandlers } from "@tollgate/core";
import type { DunningMailOptions } from "./dunning-mails.js";
import { renderNotice } from "./render-notice.js";

/**
 * The callback that sends a mail about a new price, in time before it: what a renewal costs until then and from then on,
 * and where they may leave.
 *
 * @example
 * const on = priceChangeMails({
 *   productName: "Acme Pro",
 *   reader: async (customerId) => ({ to: `${customerId}@example.com`, locale: "de" }),
 *   sendMail: async ({ to, subject }) => console.warn(to, subject),
 * });
 */
export function priceChangeMails({ sendMail, reader, productName }: DunningMailOptions) {
  return {
    async "price_change.announced"(data, { id }) {
      const found = await reader(data.customerId);
      if (found === null) return;
      const { to, ...style } = found;
      const notice = { type: "price_change.announced", data } as const;
      await sendMail({ to, id, ...renderNotice(notice, { productName, ...style }) });
    },
  } satisfies CallbackHandlers;
}
