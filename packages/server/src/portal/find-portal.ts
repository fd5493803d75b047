import {
  BillingError,
  holdsGroup,
  type ProviderPortal,
  type StoredCustomer,
  type Subscription,
} from "@tollgate/core";
import type { PortalRequest } from "@tollgate/core/contract";
import type { Identity } from "../context/identity.js";
import { atEachProvider, atProvider } from "../context/providers.js";
import { findAccount, listRunning } from "../customers/find-account.js";
import { findMadeCustomer } from "../customers/find-made-customer.js";
import type { CustomersContext } from "../customers/identify-customer.js";

type Flow = PortalRequest["flow"];

/** Where a person does what they want to do. */
export interface PortalPlace<C> {
  /** With the provider whose pages they are. */
  readonly context: C;
  readonly portal: ProviderPortal;
  readonly link: StoredCustomer;
  /** The subscription that is meant; `null` where none is needed. */
  readonly managed: Subscription | null;
}

/**
 * The provider whose pages are meant: the one that bills the subscription to cancel or to switch; otherwise the one
 * that bills what runs, or knows the person.
 *
 * @throws BillingError `not_a_customer`, `nothing_to_manage`, `not_supported`, `provider_not_configured`
 */
export async function findPortal<C extends CustomersContext>(
  everyone: C,
  identity: Identity,
  flow: Flow,
): Promise<PortalPlace<C>> {
  const running = await listRunning(everyone, identity.id);
  const isNamed = flow === "cancel" || flow === "switch_plan";
  const managed = isNamed ? chooseManaged(everyone, running) : null;
  if (managed !== null) {
    const context = atProvider(everyone, managed.provider);
    const portal = requirePortal(context, flow);
    const known = await context.store.findCustomer(identity.id, managed.provider);
    const link = known ?? (await findMadeCustomer(context, identity));
    if (link === null) throw notACustomer();
    return { context, portal, link, managed };
  }
  const known = await findAccount(everyone, identity.id, byUrgency(running, flow));
  requirePortal(known === null ? everyone : atProvider(everyone, known.provider), flow);
  const link = known ?? (await findMade(everyone, identity));
  const [elsewhere] = running;
  // They are billed by a provider that is not configured: it would be wrong to say that there is nothing.
  if (link === null && elsewhere !== undefined) atProvider(everyone, elsewhere.provider);
  if (link === null) throw notACustomer();
  if (isNamed) throw new BillingError("nothing_to_manage", "There is no running subscription.");
  const context = atProvider(everyone, link.provider);
  return { context, portal: requirePortal(context, flow), link, managed };
}

export function notACustomer(): BillingError {
  return new BillingError("not_a_customer", "There is nothing to manage yet: buy a plan first.");
}

/** One that can be managed, if there is any: the main plan's before others. */
function chooseManaged(
  { providers }: CustomersContext,
  running: readonly Subscription[],
): Subscription | null {
  const own = running.filter(({ provider }) => providers.find(provider) !== null);
  const candidates = own.length > 0 ? own : running;
  return candidates.find((one) => holdsGroup(one, "main")) ?? candidates[0] ?? null;
}

/** Who wants to enter another card does so for what could not be paid. */
function byUrgency(running: readonly Subscription[], flow: Flow): readonly Subscription[] {
  if (flow !== "update_payment_method") return running;
  const isBehind = ({ status }: Subscription) => status === "past_due" || status === "unpaid";
  return [...running.filter(isBehind), ...running];
}

/** What somebody made at a provider by hand, for a person whom nobody knows here. */
async function findMade(everyone: CustomersContext, identity: Identity): Promise<StoredCustomer | null> {
  for (const one of atEachProvider(everyone)) {
    const made = await findMadeCustomer(one, identity);
    if (made !== null) return made;
  }
  return null;
}

/** @throws BillingError `not_supported`: it is never offered, but a page may be older than the provider that sells now */
function requirePortal({ provider: { id, manage } }: CustomersContext, flow: Flow): ProviderPortal {
  const { portal } = manage;
  const isLacking = (flow === "cancel" && !portal?.cancels) || (flow === "switch_plan" && !portal?.switches);
  if (portal !== null && !isLacking) return portal;
  throw new BillingError("not_supported", "This can't be done on the payment provider's pages.", {
    details: { provider: id, ...(flow && { flow }) },
  });
}
