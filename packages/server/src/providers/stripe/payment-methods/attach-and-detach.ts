import { BillingError, type ProviderPaymentMethods } from "@tollgate/core";
import type Stripe from "stripe";
import { isOurs } from "../changes/own-schedule.js";
import { payPhasesWith } from "../changes/phases.js";
import { updatePhases } from "../changes/update-phases.js";
import type { CallStripe } from "../client/stripe-client.js";
import { aboutCustomer, isMissing } from "../client/to-provider-error.js";
import { idOrNull } from "../language/id-of.js";
import type { StripeNames } from "../language/names.js";
import { listChargeable, namedBy } from "./list-payment-methods.js";

/** What asks Stripe, and tells what is ours there. */
interface Tools {
  readonly call: CallStripe;
  readonly names: StripeNames;
}

type Input<K extends keyof ProviderPaymentMethods> = Parameters<Required<ProviderPaymentMethods>[K]>[0];

/**
 * A setup intent (https://docs.stripe.com/api/setup_intents/create). What it takes is left to the dashboard's settings,
 * and `usage` to its default, `off_session`: renewals are charged while nobody is there.
 */
export async function beginSetup(
  call: CallStripe,
  { providerCustomerId: customer }: Input<"add">,
): Promise<{ readonly clientSecret: string }> {
  const { client_secret } = await aboutCustomer(call((client) => client.setupIntents.create({ customer })));
  if (client_secret === null) throw new Error("Stripe gave a setup intent without its secret.");
  return { clientSecret: client_secret };
}

/**
 * The customer's default, and that of every subscription that names another one: Stripe charges what a subscription names
 * first (https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority).
 */
export async function makeDefault(
  tools: Tools,
  { providerCustomerId, paymentMethodId }: Input<"setDefault">,
): Promise<void> {
  const { call } = tools;
  await requireOwn(call, providerCustomerId, paymentMethodId);
  const settings = { invoice_settings: { default_payment_method: paymentMethodId } };
  await aboutCustomer(call((client) => client.customers.update(providerCustomerId, settings)));
  const running = await listChargeable(call, providerCustomerId);
  await nameInstead(
    tools,
    running.filter((one) => ![null, paymentMethodId].includes(namedBy(one))),
    paymentMethodId,
  );
}

/** Where it pays, its successor has its place first: a renewal may come at any moment. */
export async function detachMethod(
  tools: Tools,
  { providerCustomerId, removal: { id, successor } }: Input<"remove">,
): Promise<void> {
  const { call } = tools;
  await requireOwn(call, providerCustomerId, id);
  if (successor !== null) {
    await requireOwn(call, providerCustomerId, successor);
    const running = await listChargeable(call, providerCustomerId);
    await nameInstead(
      tools,
      running.filter((one) => namedBy(one) === id),
      successor,
    );
    await replaceDefault(call, providerCustomerId, id, successor);
  }
  try {
    await call((client) => client.paymentMethods.detach(id));
  } catch (error) {
    // Another click was faster.
    const { customer } = await call((client) => client.paymentMethods.retrieve(id));
    if (customer !== null) throw error;
  }
}

async function replaceDefault(
  call: CallStripe,
  customerId: string,
  id: string,
  successor: string,
): Promise<void> {
  const customer = await call((client) => client.customers.retrieve(customerId));
  if (customer.deleted || idOrNull(customer.invoice_settings.default_payment_method) !== id) return;
  const settings = { invoice_settings: { default_payment_method: successor } };
  await call((client) => client.customers.update(customerId, settings));
}

/**
 * A schedule keeps what it found when it was made, and would bring it back with its next phase: ours is told, too. What
 * somebody else planned is left alone.
 */
async function nameInstead(
  { call, names }: Tools,
  subscriptions: readonly Stripe.Subscription[],
  default_payment_method: string,
): Promise<void> {
  for (const one of subscriptions) {
    const { id, schedule } = one;
    if (schedule !== null && typeof schedule !== "string" && isOurs(schedule, names, id)) {
      const params = {
        proration_behavior: "none",
        default_settings: { default_payment_method },
        phases: payPhasesWith(schedule, default_payment_method),
      } as const;
      await updatePhases(call, schedule, params);
    }
    await call((client) => client.subscriptions.update(id, { default_payment_method }));
  }
}

/** @throws BillingError `not_found` for what is somebody else's or was taken away */
async function requireOwn(call: CallStripe, customer: string, id: string): Promise<void> {
  const method = await call((client) => client.paymentMethods.retrieve(id)).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (method !== null && idOrNull(method.customer) === customer) return;
  throw new BillingError("not_found", "There is no such payment method.");
}
