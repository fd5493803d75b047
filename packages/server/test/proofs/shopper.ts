import type Stripe from "stripe";

/** What a person in a browser does with the app, patiently: a server that is away is asked again. */
export interface Shopper {
  readonly user: string;
  /** Buys a plan, with a double click, and comes back from the payment page. */
  buyPlan(planId: string): Promise<void>;
  /** Changes to another plan for what was previewed, and thinks better of whatever waits then. */
  changePlan(planId: string): Promise<void>;
  /** Pauses in full, and resumes; or cancels with the period's end, and takes that back. */
  leaveAndReturn(how: "pause" | "cancel"): Promise<void>;
  /** Cancels with the period's end. */
  cancel(): Promise<void>;
  /** Gets all of an invoice back from the app's team, who ask for it twice. */
  getBack(invoiceId: string): Promise<void>;
  /** Buys a product once; returns the checkouts that were paid: one. */
  buyProduct(): Promise<void>;
  /** Pays for a product from a bank account that is empty, and keeps looking until it is said to have failed. */
  failToBuyProduct(): Promise<void>;
}

interface ShopperInput {
  readonly user: string;
  /** The instances of the app. */
  readonly appUrls: readonly string[];
  readonly sandboxUrl: string;
}

/** Whoever is answered with errors for this long has reason to complain. In milliseconds. */
const patienceMs = 60_000;

/** Somebody who shops, whatever happens to the server meanwhile. */
export function createShopper({ user, appUrls, sandboxUrl }: ShopperInput): Shopper {
  let asked = 0;
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const givesUpAt = performance.now() + patienceMs;
    for (;;) {
      // From one instance to the next, as behind a load balancer.
      asked += 1;
      const response = await fetch(`${appUrls[asked % appUrls.length]}/api/billing${path}`, {
        method,
        headers: { "x-user": user, "content-type": "application/json", connection: "close" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch(() => null);
      const answer = await response?.json().catch(() => null);
      if (response !== null && answer && response.status < 500) return { ...answer, status: response.status };
      if (performance.now() > givesUpAt)
        throw new Error(`${user} can't ${method} ${path}: ${response?.status} ${JSON.stringify(answer)}`);
      await soon();
    }
  };

  async function buy(wish: Record<string, unknown>, means: Fields = card): Promise<void> {
    const [first, second] = await Promise.all([
      ask("POST", "/checkout", wish),
      ask("POST", "/checkout", wish),
    ]);
    const opened = first?.status === 200 ? first : second;
    if (opened?.status !== 200) return;
    await pay(sandboxUrl, String(opened.id), means);
    for (;;) {
      const state = await ask("GET", `/checkout/${opened.id}`);
      if (state.status !== 200 || over.has(String(state.payment))) return;
      await soon();
    }
  }

  return {
    user,
    buyPlan: (planId) => buy({ planId, interval: "month" }),
    async changePlan(planId) {
      const { status, token } = await ask("POST", "/subscription/preview", { planId });
      if (status !== 200) return;
      await ask("POST", "/subscription/change", { planId, preview: token });
      await ask("POST", "/subscription/undo-change", {});
    },
    async leaveAndReturn(how) {
      await ask("POST", `/subscription/${how}`, {});
      await ask("POST", "/subscription/resume", {});
    },
    async cancel() {
      await ask("POST", "/subscription/cancel", {});
    },
    async getBack(invoiceId) {
      for (const _ of ["once", "twice"]) await ask("POST", "/refund", { invoiceId });
    },
    buyProduct: () => buy({ productId: "credits" }),
    failToBuyProduct: () => buy({ productId: "credits", currency: "eur" }, emptyAccount),
  };
}

/** How a payment ends, one way or the other. */
const over: ReadonlySet<string> = new Set(["paid", "not_required", "failed"]);

/** What is typed into the payment page. */
type Fields = Readonly<Record<string, string>>;
const card: Fields = { number: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123", name: "Ada Lovelace" };
const emptyAccount: Fields = { method: "bank", account: "DE62370400440532013001", holder: "Ada Lovelace" };

async function pay(sandboxUrl: string, checkoutId: string, fields: Fields): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  await fetch(`${sandboxUrl}/c/pay/${checkoutId}`, { method: "POST", body: form, redirect: "manual" });
}

/** Changes their mind on the provider's own pages: schedules the end of the plan, or undoes it. */
export async function changeMind(stripe: Stripe, user: string, cancel: boolean): Promise<void> {
  const { data: customers } = await stripe.customers.list({ email: `${user}@example.com` });
  for (const { id } of customers) {
    const { data } = await stripe.subscriptions.list({ customer: id, status: "active" });
    for (const one of data) await stripe.subscriptions.update(one.id, { cancel_at_period_end: cancel });
  }
}

/** What a user paid with the latest paid invoice of a plan; `null`: nothing. */
export async function latestPayment(
  stripe: Stripe,
  user: string,
): Promise<{ readonly invoice: string; readonly charge: string } | null> {
  const { data: customers } = await stripe.customers.list({ email: `${user}@example.com` });
  const customer = customers[0]?.id;
  if (customer === undefined) return null;
  const { data } = await stripe.invoices.list({ customer, status: "paid", expand: ["data.payments"] });
  const paid = data.find(({ amount_paid }) => amount_paid > 0);
  const intent = paid?.payments?.data[0]?.payment.payment_intent;
  if (paid === undefined || intent === undefined) return null;
  const { data: charges } = await stripe.charges.list({ payment_intent: String(intent) });
  return { invoice: paid.id, charge: charges[0]?.id ?? "" };
}

function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
