import type { CallbackHandlers } from "@tollgate/core";
import { type Notice, type RenderedNotice, renderNotice } from "./render-notice.js";

/** Who reads a customer's mails about billing, and how. */
export interface NoticeReader {
  readonly to: string;
  /** @default "en" */
  readonly locale?: string;
  /** Of the days that are named, an IANA name. @default "UTC" */
  readonly timeZone?: string;
}

/** A mail as it is handed over. */
export interface NoticeMail extends RenderedNotice {
  readonly to: string;
  /** The callback's: the same at each attempt, for a mail service that can leave out what it has sent. */
  readonly id: string;
}

/** How mails about billing are sent. */
export interface DunningMailOptions {
  /** Sends one; where it throws, it is asked again later, up to sixteen times. */
  readonly sendMail: (mail: NoticeMail) => unknown;
  /** Who gets a customer's mails; `null`: nobody. */
  readonly reader: (customerId: string) => NoticeReader | null | Promise<NoticeReader | null>;
  /** What the customer pays for, in words that they know. */
  readonly productName: string;
}

/**
 * Callbacks that send mails about failed payments: each notice, that all is well once something was announced, and the
 * end where the provider gave up; and about a card that runs out. Whoever cancelled hears nothing. Turn off the provider's own mails.
 *
 * @example
 * const on = dunningMails({
 *   productName: "Acme Pro",
 *   reader: async (customerId) => ({ to: `${customerId}@example.com`, locale: "de" }),
 *   sendMail: async ({ to, subject }) => console.warn(to, subject),
 * });
 */
export function dunningMails(options: DunningMailOptions) {
  const { sendMail, reader, productName } = options;
  async function send(notice: Notice, id: string): Promise<void> {
    const found = await reader(notice.data.customerId);
    if (found === null) return;
    const { to, ...style } = found;
    await sendMail({ to, id, ...renderNotice(notice, { productName, ...style }) });
  }
  return {
    "dunning.notice": (data, { id }) => send({ type: "dunning.notice", data }, id),
    async "payment.recovered"(data, { id }) {
      if (data.noticed !== null) await send({ type: "payment.recovered", data }, id);
    },
    async "dunning.ended"(data, { id }) {
      if (data.outcome !== "cancelled") await send({ type: "dunning.ended", data }, id);
    },
    "payment_method.expiring": (data, { id }) => send({ type: "payment_method.expiring", data }, id),
  } satisfies CallbackHandlers;
}
