import type { CallbackHandlers } from "@tollgate/core";
import type { DunningMailOptions } from "./dunning-mails.js";
import { renderNotice } from "./render-notice.js";

/**
 * The callback that sends a mail when so much of what is included, or of a cap, is used: how much, of how much, when the
 * count starts again, and who can raise a cap.
 *
 * @example
 * const on = usageMails({
 *   productName: "Acme Pro",
 *   reader: async (customerId) => ({ to: `${customerId}@example.com`, locale: "de" }),
 *   sendMail: async ({ to, subject }) => console.warn(to, subject),
 * });
 */
export function usageMails({ sendMail, reader, productName }: DunningMailOptions) {
  return {
    async "usage.threshold_reached"(data, { id }) {
      const found = await reader(data.customerId);
      if (found === null) return;
      const { to, ...style } = found;
      const notice = { type: "usage.threshold_reached", data } as const;
      await sendMail({ to, id, ...renderNotice(notice, { productName, ...style }) });
    },
  } satisfies CallbackHandlers;
}
