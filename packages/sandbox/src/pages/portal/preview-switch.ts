import { type PlanChange, switchPlan, waitsForEnd } from "../../engine/changes/switch-plan.js";
import { subscriptionOfItem } from "../../engine/invoices/items/pending-items.js";
import { find } from "../../engine/world/find.js";
import { seededIds } from "../../engine/world/ids.js";
import { scratchOf } from "../../engine/world/scratch-world.js";
import { StripeError } from "../../engine/world/stripe-error.js";
import type { PortalConfiguration, Subscription } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";

export interface SwitchPreview {
  /** What is charged today, in the currency's minor unit. */
  readonly dueToday: number;
  /** What the next invoice holds besides the new price; below zero when something is given back. */
  readonly onNextInvoice: number;
  /** The subscription as it would be. */
  readonly subscription: Subscription;
  /** The world as it would be. */
  readonly world: World;
  /** Whether the change waits for the period's end. */
  readonly later: boolean;
}

/**
 * Plays the switch in a copy of the world where every card pays, so that the page says exactly what the
 * engine will do. Returns the engine's own words when it refuses the switch.
 */
export function previewSwitch(
  sandbox: SandboxRoom,
  configuration: PortalConfiguration,
  subscriptionId: string,
  change: PlanChange,
): SwitchPreview | { readonly refusal: string } {
  return sandbox.mutate((world, ctx) => {
    const copy = scratchOf(world);
    const now = find(world.subscriptions, subscriptionId);
    const later = now !== undefined && waitsForEnd(world, configuration, now, change);
    for (const id of Object.keys(copy.hidden.cards))
      copy.hidden.cards[id] = { onSetup: "ok", onCharge: "ok" };
    try {
      const subscription = switchPlan(
        copy,
        { ...ctx, ids: seededIds("preview") },
        configuration,
        subscriptionId,
        change,
      );
      const fresh = Object.values(copy.invoices).filter(
        (invoice) => !Object.hasOwn(world.invoices, invoice.id),
      );
      const dueToday = sum(fresh.map((invoice) => Math.max(0, invoice.amount_due)));
      const credit = sum(fresh.map((invoice) => Math.min(0, invoice.total)));
      const waiting = Object.values(copy.invoiceItems).filter(
        (item) => item.invoice === null && subscriptionOfItem(item) === subscriptionId,
      );
      const pending = sum(waiting.map((item) => item.amount));
      return { dueToday, onNextInvoice: pending + credit, subscription, later, world: copy };
    } catch (error) {
      if (error instanceof StripeError) return { refusal: error.body.message };
      throw error;
    }
  });
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
