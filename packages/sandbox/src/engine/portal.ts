import type { Context } from "./context.js";
import type { CardInput } from "./pay-checkout-session.js";
import type {
  Customer,
  Invoice,
  PaymentMethod,
  PortalConfiguration,
  PortalSession,
  Price,
  Product,
  Subscription,
} from "./wire.js";
import type { World } from "./world.js";

/** Everything the portal's page shows. */
export type PortalView = {
  session: PortalSession;
  configuration: PortalConfiguration;
  customer: Customer;
  /** Living ones first; ended ones are left out. */
  subscriptions: Subscription[];
  defaultPaymentMethod: PaymentMethod | null;
  /** Newest first, drafts left out. */
  invoices: Invoice[];
  /** What the customer may switch to, from the configuration's products (or every active recurring price). */
  switchOptions: Array<{ product: Product; price: Price }>;
};

export type ReadPortal = (world: World, sessionId: string) => PortalView;
export type ScheduleCancel = (world: World, ctx: Context, subscriptionId: string) => Subscription;
export type UndoCancel = (world: World, ctx: Context, subscriptionId: string) => Subscription;
export type SwitchPlan = (
  world: World,
  ctx: Context,
  subscriptionId: string,
  change: { priceId: string; quantity?: number },
) => Subscription;
export type ReplaceCard = (
  world: World,
  ctx: Context,
  customerId: string,
  card: CardInput,
) => { status: "complete"; paymentMethod: string } | { status: "requires_action"; intent: string };
