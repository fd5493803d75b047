import { type AccessState, BillingError, type Catalog, decideCheckout, describePlans } from "@tollgate/core";
import {
  accessResponse,
  type CheckoutRequest,
  type CheckoutStatusResponse,
  checkoutRequest,
  checkoutResponse,
  checkoutStatusResponse,
  plansQuery,
  plansResponse,
  portalRequest,
  portalResponse,
} from "@tollgate/core/contract";
import { accessFor } from "./access-for.js";
import { choiceOf, subscriptionsOf } from "./read-choice.js";
import { refuse, refuseWith, respond } from "./respond.js";
import type { TestRequest, TestRoute } from "./test-request.js";

/** What the routes share and change. */
export interface TestWorld {
  readonly plans: Catalog;
  access(): AccessState;
  /** Checkouts opened so far, by id. */
  readonly opened: Map<string, CheckoutRequest>;
  /** Takes over the access that a paid checkout leads to. */
  settle(access: AccessState): void;
}

type Checkouts = Readonly<Record<string, Partial<Omit<CheckoutStatusResponse, "id">>>>;

export function answerRoute(request: TestRequest, world: TestWorld, checkouts: Checkouts): Response {
  try {
    const post = request.route === "checkout" || request.route === "portal";
    if (request.route === "unknown") return refuse("not_found", "There is no such route.");
    if (request.method !== (post ? "POST" : "GET")) return refuse("method_not_allowed", "Another method.");
    return routes[request.route](request, world, checkouts);
  } catch (error) {
    if (error instanceof BillingError) return refuseWith(error);
    throw error;
  }
}

type Route = (request: TestRequest, world: TestWorld, checkouts: Checkouts) => Response;

const routes: Record<Exclude<TestRoute, "unknown">, Route> = {
  plans(request, { plans }) {
    const query = plansQuery.safeParse(Object.fromEntries(new URLSearchParams(request.path.split("?")[1])));
    if (!query.success) return refuse("invalid_query", "The query is not what the contract says.");
    return respond(plansResponse, describePlans(plans, query.data.currency));
  },
  access(_request, world) {
    const access = world.access();
    if (access.customerId === null) return refuse("unauthenticated", "Sign in first.");
    return respond(accessResponse, access);
  },
  checkout(request, world) {
    requireManager(world.access());
    const body = checkoutRequest.safeParse(request.body);
    if (!body.success) return refuse("invalid_body", "The body is not what the contract says.");
    const subscriptions = subscriptionsOf(world.plans, world.access());
    decideCheckout({ catalog: world.plans, subscriptions, choice: choiceOf(world.plans, body.data) });
    const id = `cs_test_${world.opened.size + 1}`;
    world.opened.set(id, body.data);
    const url = `https://checkout.test/${id}`;
    return respond(checkoutResponse, { id, kind: "hosted", url, expiresAt: "2026-11-22T12:00:00.000Z" });
  },
  checkoutStatus(request, world, checkouts) {
    requireManager(world.access());
    const id = decodeURIComponent(request.path.slice("/checkout/".length));
    const bought = world.opened.get(id);
    const said = Object.hasOwn(checkouts, id) ? checkouts[id] : undefined;
    if (bought === undefined && said === undefined) return refuse("checkout_not_found", "No such checkout.");
    const { status = "complete", payment = "paid" } = said ?? {};
    const access = said?.access ?? (status === "complete" ? accessAfter(world, bought) : world.access());
    world.settle(access);
    return respond(checkoutStatusResponse, { id, status, payment, access });
  },
  portal(request, world) {
    requireManager(world.access());
    if (!portalRequest.safeParse(request.body).success) {
      return refuse("invalid_body", "The body is not what the contract says.");
    }
    if (!world.access().hasBillingAccount) return refuse("not_a_customer", "There is nothing to manage yet.");
    return respond(portalResponse, { url: "https://portal.test/session_1" });
  },
};

function requireManager(access: AccessState): void {
  if (access.customerId === null) throw new BillingError("unauthenticated", "Sign in first.");
  if (!access.canManage) throw new BillingError("forbidden", "Only someone who manages billing can do this.");
}

function accessAfter({ plans, access }: TestWorld, bought: CheckoutRequest | undefined): AccessState {
  const before = access();
  if (bought === undefined || !("planId" in bought)) return { ...before, hasBillingAccount: true };
  const { interval } = bought;
  const { currency, quantity } = choiceOf(plans, bought);
  const subscription = { interval, currency, quantity };
  return accessFor(plans, { customerId: before.customerId, planId: bought.planId, subscription });
}
