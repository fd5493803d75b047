import type { HiddenCheckout } from "../../engine/checkout/terms/checkout-order.js";
import type { CheckoutSession } from "../../engine/world/wire.js";
import type { World } from "../../engine/world/world.js";
import type { OrderLine } from "../totals/describe-order-line.js";
import type { TotalRow } from "../totals/describe-totals.js";
import type { Language } from "../words/messages-for.js";

/** Everything that the checkout page says about the order, in words. */
export interface CheckoutSummary {
  readonly title: string;
  /** The large figure, such as `$29.00`. */
  readonly headline: string;
  /** Beside the large figure: `per month`. */
  readonly headlineDetail: string | undefined;
  /** What happens after today, and when. */
  readonly later: string | undefined;
  readonly lines: readonly OrderLine[];
  readonly totals: readonly TotalRow[];
  readonly dueToday: string | undefined;
  readonly button: string;
  /** What pressing the button agrees to. */
  readonly terms: string | undefined;
  /** False when nothing is due now and the session takes no card in that case. */
  readonly asksForCard: boolean;
}

/** A session, its hidden part, and its world and time. */
export interface CheckoutScene {
  readonly world: World;
  readonly session: CheckoutSession;
  readonly intent: HiddenCheckout;
  /** Seconds since 1970. */
  readonly now: number;
  readonly language: Language;
}
