import type { ChangeChoice, ChangeCost, SeatsInUse } from "@tollgate/core";
import type { ChangePreviewResponse } from "@tollgate/core/contract";
import type { ChangesContext } from "./changes-context.js";
import { type FoundChange, findChange, toProviderChange } from "./find-change.js";
import { foreseeCredits } from "./foresee-credits.js";
import { makeToken, prorateFromOf } from "./preview-token.js";

/** What a change costs, and a token for exactly that. */
export interface PricedChange {
  readonly cost: ChangeCost;
  readonly token: string;
  /** What it was worked out for: see `ProviderChangePreview`. */
  readonly state: string;
}

/** Asks the provider what a change costs; the same for the preview, and before it is made. */
export async function priceChange(found: FoundChange, prorateFrom: string): Promise<PricedChange> {
  const { changes, change, context } = found;
  const { cost, state } = await changes.preview(toProviderChange(found, prorateFrom), context.catalog);
  return { cost, state, token: await makeToken(change, cost, prorateFrom) };
}

/**
 * What is shown before a change.
 *
 * @param seatsInUse how many members there would be. @default as many as there are
 */
export async function answerPreview(
  context: ChangesContext,
  customerId: string,
  choice: ChangeChoice,
  seatsInUse?: SeatsInUse,
): Promise<ChangePreviewResponse> {
  const found = await findChange(context, customerId, choice, seatsInUse);
  const { kind, at, effectiveAt, to, addOns } = found.change;
  const { planId, interval, quantity } = to;
  const { cost, token } = await priceChange(found, prorateFromOf(context.clock()));
  const { lines, ...amounts } = cost;
  const extras = addOns.length > 0 && { addOns: addOns.map((one) => ({ ...one })) };
  const target = { planId, interval, quantity, ...extras };
  const credits = await foreseeCredits(context, customerId, found.change, cost.nextInvoice?.at ?? null);
  return { kind, at, effectiveAt, ...target, ...credits, ...amounts, lines: [...lines], token };
}
