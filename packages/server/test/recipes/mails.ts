import { dunningMails, type NoticeReader } from "@tollgate/server";
import { createTransport } from "nodemailer";

/** For `createBilling({ on: { ...createMails(process.env.SMTP_URL, findReader) } })`. */
export function createMails(smtpUrl: string, reader: (customerId: string) => Promise<NoticeReader | null>) {
  const transport = createTransport(smtpUrl);
  return dunningMails({
    productName: "Acme Pro",
    reader,
    sendMail: ({ to, subject, text, html }) =>
      transport.sendMail({ from: "Acme <billing@acme.example>", to, subject, text, html }),
  });
}
