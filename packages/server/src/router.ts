import { BillingError } from "@tollgate/core";
import { addRoute, createRouter, findRoute } from "rou3";
import type { BillingContext } from "./billing-context.js";
import { getAccess } from "./handlers/get-access.js";
import { getCheckout } from "./handlers/get-checkout.js";
import { getPlans } from "./handlers/get-plans.js";
import { openPortal } from "./handlers/open-portal.js";
import { startCheckout } from "./handlers/start-checkout.js";
import type { Handler } from "./http/define-handler.js";
import { respondError, withoutBody } from "./http/respond.js";
import { describeError } from "./logger.js";
import { receiveWebhook } from "./webhook/receive-webhook.js";

const routes: readonly (readonly [method: "GET" | "POST", path: string, handler: Handler])[] = [
  ["GET", "/plans", getPlans],
  ["GET", "/access", getAccess],
  ["POST", "/checkout", startCheckout],
  ["GET", "/checkout/:id", getCheckout],
  ["POST", "/portal", openPortal],
  ["POST", "/webhook/:provider", receiveWebhook],
];

/** The handler of all routes under the base path. It always answers: what fails inside becomes a refusal. */
export function createHandler(context: BillingContext): (request: Request) => Promise<Response> {
  const router = createRouter<Handler>();
  for (const [method, path, handler] of routes) addRoute(router, method, context.basePath + path, handler);

  const answer = async (request: Request, method: string): Promise<Response> => {
    try {
      context.checkCredentials();
      const { pathname } = new URL(request.url);
      const match = findRoute(router, method, pathname);
      if (match) return await match.data(request, { context, params: match.params ?? {} });
      const allowed = ["GET", "POST"].filter((one) => findRoute(router, one, pathname, { params: false }));
      return allowed.length > 0 ? refuseMethod(allowed) : refusePath(context, pathname);
    } catch (error) {
      return respondError(toBillingError(context, request, error));
    }
  };
  // HEAD is GET without the body; OPTIONS is refused, so that a browser lets no other site through.
  return async (request) =>
    request.method === "HEAD" ? withoutBody(await answer(request, "GET")) : answer(request, request.method);
}

function refuseMethod(allowed: readonly string[]): Response {
  const allow = allowed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  const error = new BillingError("method_not_allowed", `Use ${allow} here.`);
  return respondError(error, { allow });
}

function refusePath({ basePath, logger }: BillingContext, pathname: string): Response {
  const misplaced = !pathname.startsWith(`${basePath}/`);
  if (misplaced) logger.warn({ pathname, basePath }, "The handler was called outside its `basePath`");
  return respondError(new BillingError("not_found", "There is no such route."));
}

/** What is ours is answered as it is; what is not is logged and becomes an `internal` that tells nothing. */
function toBillingError({ logger }: BillingContext, request: Request, error: unknown): BillingError {
  const known = error instanceof BillingError;
  const answer = known ? error : new BillingError("internal", "Something went wrong.");
  const fields = { method: request.method, path: new URL(request.url).pathname, code: answer.code };
  if (answer.status >= 500)
    logger.error({ ...fields, error: describeError(error) }, "A billing request failed");
  else logger.info(fields, "A billing request was refused");
  return answer;
}
