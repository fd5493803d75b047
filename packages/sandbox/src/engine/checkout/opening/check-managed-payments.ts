import { find } from "../../world/find.js";
import { invalidRequest } from "../../world/stripe-error.js";
import type { World } from "../../world/world.js";
import type { CheckoutOrder } from "../terms/checkout-order.js";

type Name = keyof CheckoutOrder;
type Line = NonNullable<CheckoutOrder["line_items"]>[number];

/** What Stripe decides itself where it sells. https://docs.stripe.com/payments/managed-payments/update-checkout */
const handled = [
  "adaptive_pricing",
  "allowed_payment_method_types",
  "automatic_tax",
  "excluded_payment_method_types",
  "payment_method_options",
  "tax_id_collection",
] as const satisfies Name[];

const excluded = ["custom_text", "payment_method_configuration"] as const satisfies Name[];

const shipping = ["shipping_address_collection", "shipping_options"] as const satisfies Name[];

/** Digital products only. https://docs.stripe.com/payments/managed-payments/eligibility */
const eligible = /^txcd_(?:10(?:1|2|3|4|5|7|8)\d{5}|20060045)$/;

const checkParameters = (order: CheckoutOrder, byDefault: string): void => {
  const off = "or pass managed_payments[enabled]=false to disable it for this request.";
  for (const name of handled)
    if (order[name] !== undefined)
      throw invalidRequest(
        `Unsupported parameter: ${name}. Managed Payments${byDefault} handles this parameter for you. Remove ` +
          `${name}, ${off}`,
        undefined,
        name,
      );
  const other = excluded.find((name) => order[name] !== undefined);
  const ships = shipping.find((name) => order[name] !== undefined);
  const param = other ?? ships;
  if (param === undefined) return;
  const what = other ?? "Shipping parameters";
  throw invalidRequest(
    `${what} cannot be used with Managed Payments${byDefault.replace(/,$/, "")}. Remove ${param}, ${off}`,
    undefined,
    param,
  );
};

const taxCodeOf = (world: World, { price, price_data }: Line): string | null => {
  const product = find(world.prices, price)?.product ?? price_data?.product;
  const own = find(world.products, product as string | undefined)?.tax_code as string | null | undefined;
  return own ?? price_data?.product_data?.tax_code ?? null;
};

const checkTaxCodes = (world: World, { line_items = [] }: CheckoutOrder, byDefault: string): void => {
  line_items.forEach((line, index) => {
    const code = taxCodeOf(world, line);
    if (code === null)
      throw invalidRequest(
        `Invalid line_items[${index}]: the product tax code is missing. Set the product's tax_code field to an ` +
          "eligible product tax code (more details: " +
          "https://docs.stripe.com/payments/managed-payments/eligibility#product-tax-code-requirements). Product tax " +
          `code is required for Managed Payments${byDefault.replace(/,$/, "")}. If you want to disable Managed Payments ` +
          "on this session, you can pass managed_payments[enabled]=false.",
        undefined,
        `line_items[${index}]`,
      );
    if (!eligible.test(code))
      throw invalidRequest(
        `Invalid line_items[${index}]: this product tax code is ineligible for Managed Payments`,
        undefined,
        `line_items[${index}]`,
      );
  });
};

/**
 * The order with what it leaves open, as the account has it: whether Stripe sells itself. Refuses what does not go with
 * that, in the words that public code quotes of Stripe.
 */
export const settleManaged = (world: World, order: CheckoutOrder): CheckoutOrder => {
  if (order.mode === "setup") return order;
  const asked = order.managed_payments?.enabled;
  const enabled = asked ?? world.settings.managesPayments;
  if (!enabled) return order;
  const byDefault = asked === undefined ? ", which is enabled by default on your account," : "";
  if (order.ui_mode === "elements" || order.ui_mode === "form")
    throw invalidRequest(
      `Managed Payments${byDefault} is only supported with a \`ui_mode\` of \`hosted_page\` or \`embedded_page\`.`,
      undefined,
      "ui_mode",
    );
  checkParameters(order, byDefault);
  checkTaxCodes(world, order, byDefault);
  return { ...order, managed_payments: { enabled } };
};
