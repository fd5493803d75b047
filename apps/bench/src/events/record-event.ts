import { startSandbox } from "@tollgate/sandbox";

interface Json {
  readonly [name: string]: unknown;
}

/** The part of a price that is ours. */
const priceFields = {
  currency: "usd",
  unit_amount: "2900",
  "recurring[interval]": "month",
  "product_data[name]": "Pro",
  lookup_key: "tollgate:plan:pro:month:usd",
  "metadata[tollgate_plan]": "pro",
  "metadata[tollgate_group]": "main",
  "metadata[tollgate_interval]": "month",
};

/** A `customer.subscription.updated` as the provider makes it: a running subscription gets another quantity. */
export async function recordEvent(): Promise<Json> {
  const sandbox = await startSandbox({ clock: () => new Date(Date.now() - 3_600_000), log: () => undefined });
  const headers = { authorization: `Bearer ${sandbox.secretKey}` };
  const post = async (
    path: string,
    fields: Record<string, string>,
  ): Promise<{ readonly id: string } & Json> => {
    const body = new URLSearchParams(fields);
    const response = await fetch(`${sandbox.url}${path}`, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as { readonly id: string } & Json;
  };
  try {
    const price = await post("/v1/prices", priceFields);
    const customer = await post("/v1/customers", { email: "ada@example.com" });
    const card = await post("/v1/payment_methods/pm_card_visa/attach", { customer: customer.id });
    const subscription = await post("/v1/subscriptions", {
      customer: customer.id,
      default_payment_method: card.id,
      "items[0][price]": price.id,
      "metadata[tollgate_plan]": "pro",
    });
    const { items } = subscription as unknown as { items: { data: { id: string }[] } };
    await post(`/v1/subscriptions/${subscription.id}`, {
      "items[0][id]": items.data[0]?.id ?? "",
      "items[0][quantity]": "2",
    });
    const event = sandbox.events().findLast(({ type }) => type === "customer.subscription.updated");
    if (event === undefined) throw new Error("The sandbox told nothing of the update.");
    return event as unknown as Json;
  } finally {
    await sandbox.close();
  }
}
