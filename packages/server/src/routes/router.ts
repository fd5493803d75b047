import { BillingError, redactText } from "@tollgate/core";
import { findRoutes, type RouteKey, routeKeys, splitKey } from "@tollgate/core/contract";
import { addRoute, createRouter, findRoute } from "rou3";
import { respondError, withoutBody } from "../http/respond.js";
import { describeError } from "../log/logger.js";
import { observeRequest } from "../telemetry/observe-request.js";
import { receiveWebhook } from "../webhook/receive-webhook.js";
import type { Handler, RouteParts } from "./define-handler.js";
import { getAccess } from "./get-access.js";
import { getCheckout } from "./get-checkout.js";
import { getCredits } from "./get-credits.js";
import { getInvoices, getUpcomingInvoice } from "./get-invoices.js";
import { getPlans } from "./get-plans.js";
import { getPortalCard } from "./get-portal-card.js";
import {
  deletePaymentMethod,
  getPaymentMethods,
  postDefaultPaymentMethod,
  postPaymentMethod,
} from "./payment-methods.js";
import { postCancel } from "./post-cancel.js";
import { postCheckout } from "./post-checkout.js";
import { postInvoicePay } from "./post-invoice-pay.js";
import { postPause } from "./post-pause.js";
import { postPaymentMethodCheckout } from "./post-payment-method-checkout.js";
import { postPortal } from "./post-portal.js";
import { postPromotionCode } from "./post-promotion-code.js";
import { postResume } from "./post-resume.js";
import { postSubscriptionChange } from "./post-subscription-change.js";
import { postSubscriptionPreview } from "./post-subscription-preview.js";
import { postUndoChange } from "./post-undo-change.js";
import { postUsageCap } from "./post-usage-cap.js";
import { getTopUps, postTopUp } from "./top-up.js";

/** What answers each route of the contract. */
const handlers: Readonly<Record<RouteKey, Handler>> = {
  "GET /plans": getPlans,
  "GET /access": getAccess,
  "GET /credits": getCredits,
  "POST /usage/cap": postUsageCap,
  "GET /credits/top-ups": getTopUps,
  "POST /credits/top-up": postTopUp,
  "POST /checkout": postCheckout,
  "GET /checkout/:id": getCheckout,
  "POST /promotion-code": postPromotionCode,
  "POST /portal": postPortal,
  "GET /portal/card": getPortalCard,
  "POST /subscription/cancel": postCancel,
  "POST /subscription/resume": postResume,
  "POST /subscription/pause": postPause,
  "POST /subscription/preview": postSubscriptionPreview,
  "POST /subscription/change": postSubscriptionChange,
  "POST /subscription/undo-change": postUndoChange,
  "GET /invoices": getInvoices,
  "GET /invoices/upcoming": getUpcomingInvoice,
  "POST /invoices/:id/pay": postInvoicePay,
  "GET /payment-methods": getPaymentMethods,
  "POST /payment-methods": postPaymentMethod,
  "POST /payment-methods/checkout": postPaymentMethodCheckout,
  "POST /payment-methods/:id/default": postDefaultPaymentMethod,
  "DELETE /payment-methods/:id": deletePaymentMethod,
  "POST /webhook/:provider": receiveWebhook,
};

const methods = [...new Set(routeKeys.map((key) => splitKey(key).method))];

interface RouteEntry {
  readonly path: string;
  readonly handler: Handler;
}

/** What the router needs besides what the routes are wired with. */
export interface RouterParts extends RouteParts {
  /** @throws BillingError `invalid_options` in production when a credential of the provider is missing */
  readonly checkCredentials: () => void;
}

/** The handler of all routes under the base path. It always answers: what fails inside becomes a refusal. */
export function createHandler(parts: RouterParts): (request: Request) => Promise<Response> {
  const router = createRouter<RouteEntry>();
  for (const key of routeKeys) {
    const { method, path } = splitKey(key);
    addRoute(router, method, parts.basePath + path, { path, handler: handlers[key] });
  }

  const answer = async (request: Request, method: string): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const match = findRoute(router, method, pathname);
    if (match) {
      const { path: route, handler } = match.data;
      const call = { parts, params: match.params ?? {} };
      return observeRequest(parts.telemetry, { method, route }, () =>
        guard(parts, request, () => handler(request, call)),
      );
    }
    const allowed = methods.filter((one) => findRoute(router, one, pathname, { params: false }));
    return guard(parts, request, async () =>
      allowed.length > 0 ? refuseMethod(allowed) : refusePath(parts, pathname),
    );
  };
  // HEAD is GET without the body; OPTIONS is refused, so that a browser lets no other site through.
  return async (request) =>
    request.method === "HEAD" ? withoutBody(await answer(request, "GET")) : answer(request, request.method);
}

async function guard(parts: RouterParts, request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    parts.checkCredentials();
    return await work();
  } catch (error) {
    return respondError(toBillingError(parts, request, error));
  }
}

function refuseMethod(allowed: readonly string[]): Response {
  const allow = allowed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  const error = new BillingError("method_not_allowed", `Use ${allow} here.`);
  return respondError(error, { allow });
}

/** Says how the two paths differ where the handler was mounted elsewhere than its `basePath` says. */
function refusePath({ basePath, logger }: RouterParts, pathname: string): Response {
  // A path may hold something that nobody should have put there: it is repeated without anything that looks like a
  // secret.
  const path = redactText(pathname).slice(0, 200);
  const under = basePath || "/";
  if (pathname.startsWith(`${basePath}/`)) {
    return respondError(new BillingError("not_found", `There is no such route under ${under}.`));
  }
  logger.warn({ pathname: path, basePath: under }, "The handler was called outside its `basePath`");
  // The path under which the handler seems to be mounted: what comes before a route of ours.
  const [meant] = findRoutes(path);
  const instead = meant === undefined ? "" : `, or set createBilling({ basePath: "${meant.mount || "/"}" })`;
  const message = `Billing was called at ${path} and answers under ${under}, its \`basePath\`. Mount it there${instead}.`;
  return respondError(new BillingError("not_found", message, { details: { path, basePath: under } }));
}

/** An error of ours is answered as it is; any other is logged and becomes an `internal` that gives nothing away. */
function toBillingError({ logger }: RouterParts, request: Request, error: unknown): BillingError {
  const known = error instanceof BillingError;
  const answer = known ? error : new BillingError("internal", "Something went wrong.");
  const fields = { method: request.method, path: new URL(request.url).pathname, code: answer.code };
  if (answer.status >= 500)
    logger.error({ ...fields, error: describeError(error) }, "A billing request failed");
  else logger.info(fields, "A billing request was refused");
  return answer;
}
