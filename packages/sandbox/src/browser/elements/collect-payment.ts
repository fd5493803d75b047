import { asRecord, type Params } from "../element/method-panel.js";
import type { ApiError } from "../net/api-client.js";
import type { ElementGroup } from "./element-group.js";

/** What the elements of a group come to: the parameters of a confirmation. */
export interface CollectedPayment {
  /** `payment_method` or `payment_method_data`. */
  readonly method: Params;
  readonly shipping: Params | undefined;
  /** The customer ticked the box that says so. */
  readonly saves: boolean;
  readonly email: string | undefined;
  /** A delivery option that was chosen in a wallet. */
  readonly shippingRate: string | undefined;
  /** To be called when the confirmation ended, with what went wrong if something did. */
  finish(error?: ApiError): void;
}

/**
 * Reads everything that a confirmation needs; what the page itself gives (`given`) takes precedence over what
 * was typed.
 */
export function collectPayment(
  group: ElementGroup,
  given: Params = {},
  canSave = false,
): CollectedPayment | { readonly error: ApiError } {
  const wallet = group.express()?.payment();
  if (wallet) {
    return {
      ...wallet,
      method: { payment_method_data: merge(given, wallet.data, {}) },
      saves: false,
      finish: wallet.finish,
    };
  }
  const error = group.validate();
  if (error) return { error };
  const choice = group.payment().choose();
  if ("error" in choice) return choice;
  const email = group.email()?.value();
  const rest = { shipping: shippingOf(group), email, shippingRate: undefined, finish: () => {} };
  if ("saved" in choice) return { ...rest, method: { payment_method: choice.saved.id }, saves: false };
  const redisplay = canSave ? { allow_redisplay: choice.saves ? "always" : "limited" } : {};
  const billing = { ...billingOf(group), ...(email ? { email } : {}) };
  const data = { ...redisplay, ...merge(given, choice.data, billing) };
  return { ...rest, method: { payment_method_data: data }, saves: choice.saves };
}

/** The page's values override the AddressElement's, and those override the form's. */
function merge(given: Params, data: Params, billing: Params): Params {
  const typed = asRecord(data.billing_details);
  const own = asRecord(given.billing_details);
  return {
    ...given,
    ...data,
    billing_details: {
      ...typed,
      ...billing,
      ...own,
      address: { ...asRecord(typed.address), ...asRecord(billing.address), ...asRecord(own.address) },
    },
  };
}

function billingOf(group: ElementGroup): Params {
  const value = group.address("billing")?.value();
  if (!value) return {};
  return { name: value.name, address: value.address, ...(value.phone ? { phone: value.phone } : {}) };
}

function shippingOf(group: ElementGroup): Params | undefined {
  const value = group.address("shipping")?.value();
  if (!value) return undefined;
  return { name: value.name, address: value.address, ...(value.phone ? { phone: value.phone } : {}) };
}
