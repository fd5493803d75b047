import {
  BillingError,
  decideChosen,
  isStorableText,
  type Job,
  type ProfileField,
  type StoredCustomer,
} from "@tollgate/core";
import type { BillingContext } from "../context/billing-context.js";
import { atEachProvider, atProvider } from "../context/providers.js";
import { describeError } from "../log/logger.js";
import { changeProfile } from "../sync/change-profile.js";
import { forgetCustomer, isCustomerMissing } from "./forget-customer.js";
import { giveProfile } from "./push-profile.js";

/** What your app calls a customer from now on. */
export interface CustomerUpdate {
  /** Your own id of the customer. */
  readonly customerId: string;
  /** Where receipts and reminders go: at most 512 characters. @default it stays */
  readonly email?: string;
  /** What stands on invoices: at most 256 characters. @default it stays */
  readonly name?: string;
}

/** What became of it at one provider. */
export interface UpdatedCustomer {
  readonly provider: string;
  /**
   * `waiting`: the provider is out of reach, and is given it in the background. `not_supported`: this provider's
   * customers change it themselves.
   */
  readonly outcome: "done" | "waiting" | "not_supported";
  /** What the provider would not take, such as an address that is none. */
  readonly refused: readonly ProfileField[];
}

/** As Stripe takes them: https://docs.stripe.com/api/customers/create */
const longest = { email: 512, name: 256 } as const satisfies Record<ProfileField, number>;

/** Wherever the customer is known. Safe to call again. */
export async function chooseProfile(
  everyone: BillingContext,
  wish: CustomerUpdate,
): Promise<readonly UpdatedCustomer[]> {
  checkWish(wish);
  const updated: UpdatedCustomer[] = [];
  for (const context of atEachProvider(everyone)) {
    const { store, provider } = context;
    const link = await store.findCustomer(wish.customerId, provider.id);
    const one = link && (await chooseAt(context, link, wish));
    if (one) updated.push(one);
  }
  return updated;
}

/** @returns `null` where the customer turns out to have been deleted */
async function chooseAt(
  context: BillingContext,
  link: StoredCustomer,
  wish: CustomerUpdate,
): Promise<UpdatedCustomer | null> {
  const { id: provider, customers } = context.provider;
  if (customers.kind !== "made_first") return { provider, outcome: "not_supported", refused: [] };
  const job = { type: "push_profile", customerId: link.customerId, provider } as const;
  await changeProfile(context, link, (known) => ({ profile: decideChosen(known, wish), jobs: [job] }));
  try {
    return { provider, outcome: "done", refused: await giveProfile(context, customers, link) };
  } catch (error) {
    if (isCustomerMissing(error)) {
      await forgetCustomer(context, link);
      return null;
    }
    if (!(error instanceof BillingError) || error.code !== "provider_unavailable") throw error;
    const { customerId } = link;
    context.logger.warn(
      { provider, customerId, error: describeError(error) },
      "A customer's new email or name is given to the provider later",
    );
    return { provider, outcome: "waiting", refused: [] };
  }
}

/** Gives the provider what could not be given at once, in the background. */
export async function pushChosen(
  everyone: BillingContext,
  job: Extract<Job, { type: "push_profile" }>,
): Promise<void> {
  // Another instance, of another release, may have that provider.
  if (everyone.providers.find(job.provider) === null) return;
  const context = atProvider(everyone, job.provider);
  const link = await context.store.findCustomer(job.customerId, job.provider);
  const { customers } = context.provider;
  if (link === null || customers.kind !== "made_first") return;
  try {
    await giveProfile(context, customers, link);
  } catch (error) {
    if (!isCustomerMissing(error)) throw error;
    await forgetCustomer(context, link);
  }
}

/** @throws BillingError `invalid_options` */
function checkWish(wish: CustomerUpdate): void {
  const given = (["email", "name"] as const).filter((field) => wish[field] !== undefined);
  const odd = given.find((field) => !isStorableText(wish[field] ?? "", longest[field]));
  if (given.length > 0 && odd === undefined) return;
  const text =
    odd === undefined ? "`email` or `name`" : `\`${odd}\` as a text of 1 to ${longest[odd]} characters`;
  throw new BillingError("invalid_options", `Give ${text}.`);
}
