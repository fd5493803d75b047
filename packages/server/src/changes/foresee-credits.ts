import {
  type Change,
  decideDueCredits,
  foreseeCredits as foresee,
  type IsoTime,
  openPlans,
  subscriptionAfter,
} from "@tollgate/core";
import type { ChangePreviewResponse } from "@tollgate/core/contract";
import { grantDueCredits, keysOfDue } from "../credits/due-credits.js";
import type { ChangesContext } from "./changes-context.js";

/** What becomes of the catalog's credits by a change; absent where no plan grants any. Nothing of it is written. */
export async function foreseeCredits(
  context: ChangesContext,
  customerId: string,
  change: Change,
  renewsAt: IsoTime | null,
): Promise<Pick<ChangePreviewResponse, "credits">> {
  const { catalog, store, providers, graceDays, creditsDesk } = context;
  if (!context.grantsCredits || change.kind === "undo") return {};
  const after = subscriptionAfter(change, renewsAt);
  const now = new Date(change.effectiveAt);
  const { subscriptions: all, purchases } = await store.readAccessFacts(customerId, providers.ids, now);
  const subscriptions = all.map((one) =>
    one.id === after.id && one.provider === after.provider ? after : one,
  );
  const open = openPlans({ catalog, subscriptions, graceDays, now });
  const credits: NonNullable<ChangePreviewResponse["credits"]> = [];
  for (const credit of Object.keys(catalog.credits ?? {})) {
    if (!Object.values(catalog.plans).some((plan) => Object.hasOwn(plan.credits ?? {}, credit))) continue;
    const of = { customerId, credit };
    await grantDueCredits(context, of);
    const facts = { catalog, credit, subscriptions, open, purchases, now };
    const known = (await store.listCreditsAccounts(customerId))[credit] ?? { grants: [], debts: [] };
    const result = await creditsDesk.run(context, of, {
      ...keysOfDue(decideDueCredits(facts, known), known),
      decide: (state) => ({
        state,
        result: foresee(state, now, (then) => decideDueCredits(facts, then.account)),
      }),
    });
    credits.push({ credit, ...result });
  }
  return { credits };
}
