import { IntegrationError } from "../dom/integration-error.js";
import type { Params } from "../element/method-panel.js";
import type { ApiError } from "../net/api-client.js";
import type { CheckoutContact, CheckoutDetails, CheckoutSessionView } from "./checkout-session.js";
import { type CheckoutConfirm, type CheckoutRoom, confirmCheckout } from "./confirm-checkout.js";

/** What an action resolves to. */
export type ActionResult =
  | { readonly type: "success"; readonly session: CheckoutSessionView }
  | { readonly type: "error"; readonly error: { readonly message: string; readonly code: string | null } };

/** Stripe.js's actions on a checkout session, as `loadActions()` hands them out. */
export function createCheckoutActions(room: CheckoutRoom) {
  const { store } = room;
  const words = () => room.language().words.checkout;

  const refuse = (message: string, code: string | null = null): ActionResult => ({
    type: "error",
    error: { message, code },
  });
  async function update(
    params: Params,
    details?: CheckoutDetails,
    toCode: (error: ApiError) => string | null = () => null,
  ): Promise<ActionResult> {
    const error = await store.update(params, details);
    return error ? refuse(error.message, toCode(error)) : { type: "success", session: store.session() };
  }

  return {
    getSession: () => store.session(),
    applyPromotionCode: async (promotionCode: string) => {
      const toCode = (error: ApiError) =>
        error.code?.includes("minimum") ? "promotionCodeAmountInsufficient" : "invalidCode";
      if (promotionCode.trim() === "") return refuse(words().invalidCode, "invalidCode");
      return update({ promotion_code: promotionCode }, {}, toCode);
    },
    removePromotionCode: () => update({ promotion_code: "" }),
    async updateEmail(email: string | null) {
      if (email === null || email === "") return update({}, { email: null });
      if (!email.includes("@") || email.endsWith("@"))
        return refuse(words().incompleteEmail, "incompleteEmail");
      if (!/^\S+@\S+\.\S+$/.test(email)) return refuse(words().invalidEmail, "invalidEmail");
      return update({ email }, { email });
    },
    updatePhoneNumber: (phone: string | null) => update(phone ? { phone } : {}, { phone: phone || null }),
    updateBillingAddress: (billing: CheckoutContact | null) =>
      update(billing ? { billing_address: billing.address } : {}, { billing }),
    updateShippingAddress: (shipping: CheckoutContact | null) =>
      update(shipping ? { shipping: { name: shipping.name ?? "", address: shipping.address } } : {}, {
        shipping,
      }),
    updateIndividualName: (individualName: string | null) => update({}, { individualName }),
    updateBusinessName: (businessName: string | null) =>
      update(businessName ? { business_name: businessName } : {}, { businessName }),
    updateLineItemQuantity: ({ lineItem, quantity }: { lineItem: string; quantity: number }) =>
      update({ line_items: [{ id: lineItem, quantity }] }),
    updateShippingOption: (shippingOption: string) => update({ shipping_rate: shippingOption }),
    updateTaxIdInfo: (taxIdInfo: NonNullable<CheckoutDetails["taxIdInfo"]> | null) =>
      update(
        taxIdInfo ? { tax_id: taxIdInfo.taxId, business_name: taxIdInfo.businessName } : {},
        { taxIdInfo },
        (error) => (error.code?.startsWith("tax_id") ? "invalidTaxId" : null),
      ),
    async runServerUpdate(work: () => Promise<unknown>): Promise<ActionResult> {
      try {
        await work();
      } catch (cause) {
        return refuse(cause instanceof Error ? cause.message : String(cause));
      }
      const error = await store.reload();
      return error ? refuse(error.message) : { type: "success", session: store.session() };
    },
    validateElements: async () => validate(room),
    confirm: (given: CheckoutConfirm = {}) => confirmCheckout(room, given),
    addOptionalLineItem: () => Promise.reject(notSimulated("addOptionalLineItem")),
    removeOptionalLineItem: () => Promise.reject(notSimulated("removeOptionalLineItem")),
  };
}

function validate({ group, store }: CheckoutRoom) {
  const kinds = [
    ["payment", group.findPayment()],
    ["billingAddress", group.address("billing")],
    ["shippingAddress", group.address("shipping")],
    ["contactDetails", group.email()],
  ] as const;
  if (kinds.every(([, element]) => element === undefined)) {
    const error = {
      code: "no_elements",
      message: "There are no elements to validate.",
      validation_errors: [],
    };
    return { type: "error", error } as const;
  }
  const first = group.validate();
  if (!first) return { type: "success", session: store.session() } as const;
  const wrong = kinds.flatMap(([element, controller]) => {
    const problem = controller && "validate" in controller ? controller.validate() : undefined;
    const isPayment = element === "payment" && controller && "choose" in controller;
    const choice = isPayment ? controller.choose() : undefined;
    const found = problem ?? (choice && "error" in choice ? choice.error : undefined);
    return found ? [{ element, message: found.message }] : [];
  });
  const error = { code: "validation_error", message: first.message, validation_errors: wrong };
  return { type: "error", error } as const;
}

function notSimulated(name: string): IntegrationError {
  return new IntegrationError(`checkout.${name}() is not simulated by the Tollgate sandbox.`);
}
