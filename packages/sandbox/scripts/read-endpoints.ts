import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** One method of the SDK: what it requests, and where its parameters are declared. */
export type Endpoint = {
  /** Such as `POST /v1/customers/:id`. */
  name: string;
  /** The declaration file, relative to the SDK's resources. */
  file: string;
  className: string;
  method: string;
};

/** The paths of billing; the SDK knows many more. */
const billing = [
  "/v1/account",
  "/v1/account_links",
  "/v1/accounts",
  "/v1/application_fees",
  "/v1/balance",
  "/v1/balance_transactions",
  "/v1/billing/",
  "/v1/billing_portal/",
  "/v1/charges",
  "/v1/checkout/",
  "/v1/confirmation_tokens",
  "/v1/coupons",
  "/v1/credit_notes",
  "/v1/customer_sessions",
  "/v1/customers",
  "/v1/disputes",
  "/v1/entitlements/",
  "/v1/events",
  "/v1/file_links",
  "/v1/files",
  "/v1/invoice_payments",
  "/v1/invoiceitems",
  "/v1/invoices",
  "/v1/payment_intents",
  "/v1/payment_links",
  "/v1/payment_method_configurations",
  "/v1/payment_methods",
  "/v1/payouts",
  "/v1/plans",
  "/v1/prices",
  "/v1/products",
  "/v1/promotion_codes",
  "/v1/quotes",
  "/v1/radar/early_fraud_warnings",
  "/v1/refunds",
  "/v1/setup_attempts",
  "/v1/setup_intents",
  "/v1/shipping_rates",
  "/v1/sources",
  "/v1/subscription_items",
  "/v1/subscription_schedules",
  "/v1/subscriptions",
  "/v1/tax/registrations",
  "/v1/tax/settings",
  "/v1/tax_codes",
  "/v1/tax_ids",
  "/v1/tax_rates",
  "/v1/test_helpers/confirmation_tokens",
  "/v1/test_helpers/customers",
  "/v1/test_helpers/refunds",
  "/v1/test_helpers/test_clocks",
  "/v1/tokens",
  "/v1/transfers",
  "/v1/webhook_endpoints",
  "/v2/billing/",
  "/v2/core/event_destinations",
  "/v2/core/events",
];

/** A method, and within it (before the brace that ends it) the request that it returns. */
const request =
  /^ {4}(?:async )?(\w+)\([^)]*\) \{\n(?:(?! {4}\}).*\n)*? {8}return this\._makeRequest\('(\w+)', (['`])(.+?)\3/gm;

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** `${encodeURIComponent(id)}` becomes `:id`, a second one `:child`. */
const named = (template: string): string => {
  const names = [":id", ":child", ":grandchild"];
  return template.replace(/\$\{[^}]+\}/g, () => names.shift() ?? ":rest");
};

const endpointsIn = (resources: string, file: string): Endpoint[] => {
  const source = readFileSync(join(resources, file), "utf8");
  const className = /export class (\w+) extends StripeResource/.exec(source)?.[1];
  if (!className) return [];
  return [...source.matchAll(request)].flatMap(([, method = "", verb = "", , template = ""]) => {
    const name = `${verb} ${named(template)}`;
    return [{ name, file: file.replace(/\.js$/, ".d.ts"), className, method }];
  });
};

const isBilling = ({ name }: Endpoint): boolean => {
  const [, path = ""] = name.split(" ");
  return billing.some(
    (prefix) => path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`),
  );
};

/** The paths of everything else that the installed SDK can call. */
export const readOtherPaths = (resources: string): string[] =>
  filesUnder(resources)
    .flatMap((file) => endpointsIn(resources, file))
    .filter((endpoint) => !isBilling(endpoint))
    .map(({ name }) => name.split(" ")[1] ?? "");

/** Every billing endpoint that the installed SDK can call, by name, from the code that calls it. */
export const readEndpoints = (resources: string): Endpoint[] => {
  const all = filesUnder(resources)
    .flatMap((file) => endpointsIn(resources, file))
    .filter(isBilling);
  const unique = new Map(all.map((endpoint) => [endpoint.name, endpoint]));
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};
