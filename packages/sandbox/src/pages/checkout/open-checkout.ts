import { checkoutNow } from "../../engine/checkout/opening/create-checkout-session.js";
import type { HiddenCheckout } from "../../engine/checkout/terms/checkout-order.js";
import { recomputeCheckout } from "../../engine/checkout/terms/checkout-totals.js";
import { merchantName } from "../../engine/endpoints/merchant-name.js";
import { savedMethods } from "../../engine/methods/saved-methods.js";
import type { CheckoutSession, PaymentMethod } from "../../engine/world/wire.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { type Language, messagesFor } from "../words/messages-for.js";
import type { CheckoutSummary } from "./checkout-scene.js";
import { describeCheckout } from "./describe-checkout.js";

/** An open session as its page shows it. */
export interface OpenCheckout {
  readonly session: CheckoutSession;
  readonly intent: HiddenCheckout;
  readonly summary: CheckoutSummary;
  readonly language: Language;
  readonly merchant: string;
  /** Where the page lives: its forms go there. */
  readonly path: string;
  /** Whether it is shown inside the app's own page. */
  readonly embedded: boolean;
  /** The customer's own address, which can't be changed here. */
  readonly lockedEmail: string | undefined;
  readonly saved: readonly PaymentMethod[];
  /** The code that was applied, as its owner wrote it. */
  readonly code: string | undefined;
  readonly shipping: ReadonlyArray<{ id: string; name: string; amount: string; chosen: boolean }>;
  /** Which bank accounts can be debited for it, if any. */
  readonly debit: "sepa_debit" | "us_bank_account" | undefined;
}

/** Where a session's page lives, and for whom. */
export interface Visit {
  readonly path: string;
  readonly embedded: boolean;
  readonly acceptLanguage: string | undefined;
}

export function findSession(room: SandboxRoom, id: string): CheckoutSession | undefined {
  return Object.hasOwn(room.world.checkoutSessions, id) ? room.world.checkoutSessions[id] : undefined;
}

/** Nothing, if the session is missing, expired or done. */
export function openCheckout(room: SandboxRoom, id: string, visit: Visit): OpenCheckout | undefined {
  const found = findSession(room, id);
  const stored = room.world.hidden.checkouts[id];
  if (found?.status !== "open" || !stored) return undefined;
  const { world } = room;
  const language = messagesFor(found.locale, visit.acceptLanguage);
  // The page assumes that there will be an address, and so shows the tax from the start.
  const session = structuredClone(found);
  const intent = structuredClone(stored);
  recomputeCheckout(world, session, intent, true);
  const now = checkoutNow(world, room.now(), found);
  const code = intent.discount?.promotion_code;
  return {
    session,
    intent,
    language,
    summary: describeCheckout({ world, session, intent, now, language }),
    merchant: intent.order.branding_settings?.display_name || merchantName(world),
    path: visit.path,
    embedded: visit.embedded,
    lockedEmail: findEmail(room, found),
    saved: savedMethods(world, found),
    code: code ? world.promotionCodes[code]?.code : undefined,
    shipping: session.shipping_options.map((option) => {
      const id = option.shipping_rate as string;
      const rate = world.shippingRates[id];
      const free = option.shipping_amount === 0;
      return {
        id,
        name: rate?.display_name ?? "",
        amount: free
          ? language.text.order.free
          : language.money(option.shipping_amount, session.currency ?? "usd"),
        chosen: session.shipping_cost?.shipping_rate === id,
      };
    }),
    debit: debitOf(session),
  };
}

function debitOf(session: CheckoutSession): OpenCheckout["debit"] {
  if (session.mode === "setup" || session.amount_total === 0) return undefined;
  return (["sepa_debit", "us_bank_account"] as const).find((type) =>
    session.payment_method_types.includes(type),
  );
}

function findEmail(room: SandboxRoom, session: CheckoutSession): string | undefined {
  const customer = typeof session.customer === "string" ? room.world.customers[session.customer] : undefined;
  return customer?.email ?? session.customer_email ?? undefined;
}
