import { createSandbox, type Sandbox } from "@tollgate/sandbox";

const start = Date.UTC(2026, 0, 15, 12);

/** What a year of renewals took and left behind. */
export type Year = {
  subscriptions: number;
  /** The processor time that each month took, in milliseconds. */
  months: number[];
  renewals: number;
  /** The heap at the end, in bytes; NaN unless Node was started with --expose-gc. */
  heap: number;
  /** The events that the log still holds at the end. */
  events: number;
};

type Created = { id: string };

const caller =
  (sandbox: Sandbox) =>
  async (path: string, fields: Record<string, string>): Promise<Created> => {
    const headers = { authorization: `Bearer ${sandbox.secretKey}` };
    const body = new URLSearchParams(fields);
    const response = await sandbox.fetch(
      new Request(`${sandbox.url}${path}`, { method: "POST", headers, body }),
    );
    const answer = (await response.json()) as Created;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };

/** Customers with a card that pays, each with a monthly subscription; they begin spread over a day. */
const fill = async (sandbox: Sandbox, subscriptions: number): Promise<void> => {
  const post = caller(sandbox);
  const price = await post("/v1/prices", {
    currency: "usd",
    unit_amount: "2900",
    "recurring[interval]": "month",
    "product_data[name]": "Pro",
  });
  for (let index = 0; index < subscriptions; index++) {
    sandbox.advance(new Date(start + Math.floor((index / subscriptions) * 86_400) * 1000));
    const customer = await post("/v1/customers", { email: `customer-${index}@example.com` });
    const card = await post("/v1/payment_methods/pm_card_visa/attach", { customer: customer.id });
    await post("/v1/subscriptions", {
      customer: customer.id,
      default_payment_method: card.id,
      "items[0][price]": price.id,
    });
  }
};

const paidInvoices = async (sandbox: Sandbox): Promise<number> => {
  let count = 0;
  for (let after = ""; ; ) {
    const query = new URLSearchParams({
      limit: "100",
      status: "paid",
      ...(after ? { starting_after: after } : {}),
    });
    const headers = { authorization: `Bearer ${sandbox.secretKey}` };
    const response = await sandbox.fetch(new Request(`${sandbox.url}/v1/invoices?${query}`, { headers }));
    const page = (await response.json()) as { data: Created[]; has_more: boolean };
    count += page.data.length;
    after = page.data.at(-1)?.id ?? "";
    if (!page.has_more) return count;
  }
};

const heapNow = (): number => {
  if (globalThis.gc === undefined) return Number.NaN;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

/** Lets that many monthly subscriptions renew for a year, and times each month. */
export const liveAYear = async (subscriptions: number): Promise<Year> => {
  const sandbox = createSandbox({ seed: "bench", clock: () => new Date(start), log: () => undefined });
  await fill(sandbox, subscriptions);
  const before = await paidInvoices(sandbox);
  const months: number[] = [];
  for (let month = 1; month <= 12; month++) {
    const begun = process.cpuUsage();
    sandbox.advance(new Date(Date.UTC(2026, month, 17)));
    const { user, system } = process.cpuUsage(begun);
    months.push((user + system) / 1000);
  }
  const renewals = (await paidInvoices(sandbox)) - before;
  const [heap, events] = [heapNow(), sandbox.events().length];
  await sandbox.close();
  return { subscriptions, months, renewals, heap, events };
};
