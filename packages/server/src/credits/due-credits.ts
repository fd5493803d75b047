import {
  type CreditsAccount,
  type CreditsFacts,
  type CreditsOf,
  type DueCredits,
  decideCreditsGrant,
  decideDueCredits,
  decideReclaim,
  grantKey,
  openPlans,
  type PaymentBooks,
  type PlanLine,
  plansGrantAgainAt,
  purchaseGrant,
  settleGranted,
  topUpGrantId,
} from "@tollgate/core";
import type { CreditsContext } from "./credits-context.js";
import type { CreditsCommand, CreditsDesk } from "./credits-desk.js";

/** Grants what plans and products should have granted by now, and takes back what they should not. */
export async function grantDueCredits(
  context: CreditsContext,
  { customerId, credit }: CreditsOf,
): Promise<void> {
  const { store, providers, catalog, creditsDesk, graceDays } = context;
  if (!grantsAny(context, credit)) return;
  const now = context.clock();
  const { subscriptions, purchases } = await store.readAccessFacts(customerId, providers.ids, now);
  const open = openPlans({ catalog, subscriptions, graceDays, now });
  keepFresh(creditsDesk, { customerId, credit }, [...open.values()], now);
  const facts: CreditsFacts = { catalog, credit, subscriptions, open, purchases, now };
  const accounts = await store.listCreditsAccounts(customerId);
  const known = accounts[credit] ?? { grants: [], debts: [] };
  const asked = keysOfDue(decideDueCredits(facts, known), known);
  if (asked.keys.length === 0) return;
  await creditsDesk.run(
    context,
    { customerId, credit },
    {
      ...asked,
      decide(state) {
        // By what is there now: somebody may have granted meanwhile.
        const { grants, reclaims } = decideDueCredits(facts, state.account);
        const due = {
          reclaims: reclaims.filter(({ grantId }) => asked.grantIds.includes(grantId)),
          grants: grants.filter(({ id }) => asked.keys.includes(grantKey(id))),
        };
        return { state: settleGranted(state, due), result: null };
      },
    },
  );
}

/** What of the ledger has to be known to settle what is due. */
export function keysOfDue(
  due: DueCredits,
  known: CreditsAccount,
): { readonly keys: readonly string[]; readonly grantIds: readonly string[] } {
  const grantIds = [...due.reclaims.map((one) => one.grantId), ...known.grants.map(({ id }) => id)];
  return { grantIds, keys: [...due.grants.map(({ id }) => grantKey(id)), ...grantIds.map(grantKey)] };
}

/** Somebody who was not seen for long costs a look, not memory. */
const mostRemembered = 10_000;
const lookAgainMs = 60_000;

/** Until a period of theirs ends nothing begins that no event tells of; a month ends for whoever pays for none. */
function keepFresh(
  { freshUntil }: CreditsDesk,
  of: CreditsOf,
  open: readonly ({ readonly line: PlanLine } | null)[],
  now: Date,
): void {
  const lines = open.flatMap((held) => held?.line ?? []);
  const end = Date.parse(plansGrantAgainAt(lines, now));
  if (freshUntil.size >= mostRemembered) freshUntil.clear();
  freshUntil.set(keyOf(of), end > now.getTime() ? end : now.getTime() + lookAgainMs);
}

function keyOf({ customerId, credit }: CreditsOf): string {
  return JSON.stringify([customerId, credit]);
}

/** Of everything that the catalog has. */
export async function grantAllCredits(context: CreditsContext, customerId: string): Promise<void> {
  for (const credit of Object.keys(context.catalog.credits ?? {}))
    await grantDueCredits(context, { customerId, credit });
}

function grantsAny({ catalog }: CreditsContext, credit: string): boolean {
  const all = [...Object.values(catalog.plans), ...Object.values(catalog.products)];
  return all.some(({ credits = {} }) => Object.hasOwn(credits, credit));
}

/**
 * Takes back the share of a product's credits whose money went back, and gives back what came again. Of a payment of
 * which nothing was heard before, both what was granted and what went are booked at once.
 */
export async function settlePaidCredits(
  context: CreditsContext,
  {
    checkoutId,
    customerId,
    books,
  }: { readonly checkoutId: string; readonly customerId: string; readonly books: PaymentBooks },
): Promise<void> {
  const { store, provider, catalog, creditsDesk } = context;
  if (catalog.credits === undefined) return;
  const purchase = await store.findPurchase(checkoutId, provider.id);
  if (purchase === null || purchase.customerId !== customerId || books.paid <= 0) return;
  const share = Math.min(1, (books.refunded + books.held) / books.paid);
  for (const credit of Object.keys(catalog.credits)) {
    const wish = purchaseGrant({ catalog, credit }, purchase);
    if (wish === null) continue;
    const grantId = wish.id;
    await creditsDesk.run(
      context,
      { customerId, credit },
      {
        ...{ keys: [grantKey(grantId)], grantIds: [grantId] },
        decide(state) {
          const granted = decideCreditsGrant(state, wish);
          const total = Math.floor(granted.result.grant.amount * share);
          return decideReclaim(granted.state, { grantId, total, reason: null, owing: true });
        },
      },
    );
  }
}

/**
 * Carries out a command with what plans and products have granted: looked up when a period of theirs may have begun
 * since, and again where there is too little.
 */
export async function runWithDue<R extends { readonly kind: string }>(
  context: CreditsContext,
  of: CreditsOf,
  command: CreditsCommand<R>,
): Promise<R> {
  const { freshUntil } = context.creditsDesk;
  const isFresh = (freshUntil.get(keyOf(of)) ?? 0) > context.clock().getTime();
  if (!isFresh) await grantDueCredits(context, of);
  const first = await context.creditsDesk.run(context, of, command);
  if (first.kind !== "short") return first;
  await grantDueCredits(context, of);
  return context.creditsDesk.run(context, of, command);
}

/** The same for what was bought by itself: what was granted is in the ledger. */
export async function settleToppedUpCredits(
  context: CreditsContext,
  { customerId, books }: { readonly customerId: string; readonly books: PaymentBooks },
): Promise<void> {
  const { provider, catalog, creditsDesk } = context;
  const { invoiceId, subscriptionId, paid, refunded, held } = books;
  if (invoiceId === null || subscriptionId !== null || paid <= 0) return;
  const grantId = topUpGrantId({ provider: provider.id, invoiceId });
  const share = Math.min(1, (refunded + held) / paid);
  for (const credit of Object.keys(catalog.credits ?? {})) {
    const of = { customerId, credit };
    await creditsDesk.run(context, of, {
      ...{ keys: [grantKey(grantId)], grantIds: [grantId] },
      decide(state) {
        const made = state.known[grantKey(grantId)]?.grant;
        if (made === undefined) return { state, result: null };
        const total = Math.floor(made.amount * share);
        return decideReclaim(state, { grantId, total, reason: null, owing: true });
      },
    });
  }
}
