import type { SavedPaymentMethod } from "@tollgate/core";
import type { PaymentMethodsResponse } from "@tollgate/core/contract";
import {
  addPaymentMethod,
  listPaymentMethods,
  removePaymentMethod,
  setDefaultPaymentMethod,
} from "../payment-methods/change-payment-methods.js";
import { defineHandler } from "./define-handler.js";

/** GET /payment-methods: what is on file. */
export const getPaymentMethods = defineHandler("GET /payment-methods", async ({ open, identity }) =>
  toResponse(await listPaymentMethods(await open(), identity.id)),
);

/** POST /payment-methods: what the browser enters and confirms another one with. */
export const postPaymentMethod = defineHandler("POST /payment-methods", async ({ open, identity }) =>
  addPaymentMethod(await open(), identity.id),
);

/** POST /payment-methods/:id/default: what renewals are charged to. */
export const postDefaultPaymentMethod = defineHandler(
  "POST /payment-methods/:id/default",
  async ({ open, identity, params }) =>
    toResponse(
      await setDefaultPaymentMethod(await open(), { customerId: identity.id, paymentMethodId: params.id }),
    ),
);

/** DELETE /payment-methods/:id: takes one away. */
export const deletePaymentMethod = defineHandler(
  "DELETE /payment-methods/:id",
  async ({ open, identity, params }) =>
    toResponse(
      await removePaymentMethod(await open(), { customerId: identity.id, paymentMethodId: params.id }),
    ),
);

function toResponse(methods: readonly SavedPaymentMethod[]): PaymentMethodsResponse {
  return { paymentMethods: methods.map(({ renews, ...one }) => ({ ...one, inUse: renews.length > 0 })) };
}
