import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memory } from "../../src/stores/memory/memory.js";
import { createMails } from "../recipes/mails.js";
import { type Customer, type DunningStory, day, openStory } from "./dunning-story.js";

const mailbox: { readonly to: readonly string[]; readonly raw: string }[] = [];
const locales = new Map<string, string>();
let smtp: SMTPServer;
let story: DunningStory;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        mailbox.push({
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString(),
        });
        done();
      });
    },
  });
  const listening = once(smtp.server, "listening");
  smtp.listen(0, "127.0.0.1");
  await listening;
  const { port } = smtp.server.address() as AddressInfo;
  const on = createMails(`smtp://127.0.0.1:${port}`, async (customerId) => {
    return { to: `${customerId}@example.com`, locale: locales.get(customerId) ?? "en" };
  });
  story = await openStory(memory(), { dunning: { retryAfterDays: [3, 5], finally: "cancel" } }, { on });
});
afterAll(async () => {
  await story.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
});

async function fail(locale = "en"): Promise<Customer> {
  const customer = await story.begin();
  locales.set(customer.user, locale);
  await customer.replaceCard("pm_card_chargeCustomerFail");
  await customer.renew();
  return customer;
}
/** Without the breaks that quoted-printable puts into long lines. */
const bodiesTo = ({ user }: Customer) =>
  mailbox.flatMap(({ to, raw }) => (to.includes(`${user}@example.com`) ? [raw.replaceAll("=\r\n", "")] : []));

test("a customer reads of each notice, with the link, and that all is well", async () => {
  const customer = await fail();
  const [mail = ""] = bodiesTo(customer);
  expect(mail).toContain("Subject: Your payment for Acme Pro failed");
  expect(mail).toContain("From: Acme <billing@acme.example>");
  expect(mail).toContain("We could not collect $9 for Acme Pro.");
  expect(mail.match(/https:\/\/app\.example\.com\/api\/billing\/portal\/card/g)).toHaveLength(2);
  await customer.pass(3 * day + 60);
  await customer.replaceCard("pm_card_visa");
  await customer.pass(5 * day + 60);
  const subjects = bodiesTo(customer).map((one) => /^Subject: (.*)$/m.exec(one)?.[1]?.trim());
  expect(subjects).toEqual([
    "Your payment for Acme Pro failed",
    "Your payment for Acme Pro failed",
    "Your payment for Acme Pro arrived",
  ]);
});

test("nobody reads anything where the app has not asked for these mails: the provider may send its own", async () => {
  const before = mailbox.length;
  const silent = await openStory(memory(), { dunning: { retryAfterDays: [3], finally: "cancel" } });
  const customer = await silent.begin();
  await customer.replaceCard("pm_card_chargeCustomerFail");
  await customer.renew();
  await customer.pass(9 * day);
  expect((await customer.stored()).status).toBe("ended");
  expect(mailbox).toHaveLength(before);
  await silent.close();
});

test("and nobody else does, to the end, in their own language", async () => {
  const customer = await fail("de");
  for (let passed = 0; passed < 9; passed += 1) await customer.pass(day);
  const mails = bodiesTo(customer);
  expect(mails).toHaveLength(5);
  expect(mails.at(-1)).toContain("Subject: Acme Pro: Ihr Abonnement ist beendet");
  expect(mails.join("")).not.toMatch(/sk_test|whsec_|4242|pm_/);
});
