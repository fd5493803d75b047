import { BillingError, redactText } from "@tollgate/core";
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
import { observeRequest } from "./telemetry/observe-request.js";
import { receiveWebhook } from "./webhook/receive-webhook.js";

interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly handler: Handler;
}

const routes: readonly Route[] = [
  { method: "GET", path: "/plans", handler: getPlans },
  { method: "GET", path: "/access", handler: getAccess },
  { method: "POST", path: "/checkout", handler: startCheckout },
  { method: "GET", path: "/checkout/:id", handler: getCheckout },
  { method: "POST", path: "/portal", handler: openPortal },
  { method: "POST", path: "/webhook/:provider", handler: receiveWebhook },
];

/** The handler of all routes under the base path. It always answers: what fails inside becomes a refusal. */
export function createHandler(context: BillingContext): (request: Request) => Promise<Response> {
  const router = createRouter<Route>();
  for (const route of routes) addRoute(router, route.method, context.basePath + route.path, route);

  const answer = async (request: Request, method: string): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const match = findRoute(router, method, pathname);
    if (match) {
      const { path: route, handler } = match.data;
      const call = { context, params: match.params ?? {} };
      return observeRequest(context.telemetry, { method, route }, () =>
        guard(context, request, () => handler(request, call)),
      );
    }
    const allowed = ["GET", "POST"].filter((one) => findRoute(router, one, pathname, { params: false }));
    return guard(context, request, async () =>
      allowed.length > 0 ? refuseMethod(allowed) : refusePath(context, pathname),
    );
  };
  // HEAD is GET without the body; OPTIONS is refused, so that a browser lets no other site through.
  return async (request) =>
    request.method === "HEAD" ? withoutBody(await answer(request, "GET")) : answer(request, request.method);
}

async function guard(
  context: BillingContext,
  request: Request,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    context.checkCredentials();
    return await work();
  } catch (error) {
    return respondError(toBillingError(context, request, error));
  }
}

function refuseMethod(allowed: readonly string[]): Response {
  const allow = allowed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  const error = new BillingError("method_not_allowed", `Use ${allow} here.`);
  return respondError(error, { allow });
}

/** Says how the two paths differ where the handler was mounted somewhere else than its `basePath` says. */
function refusePath({ basePath, logger }: BillingContext, pathname: string): Response {
  // A path may hold what nobody should have put there: it is said back without what looks like a secret.
  const path = redactText(pathname).slice(0, 200);
  const under = basePath || "/";
  if (pathname.startsWith(`${basePath}/`)) {
    return respondError(new BillingError("not_found", `There is no such route under ${under}.`));
  }
  logger.warn({ pathname: path, basePath: under }, "The handler was called outside its `basePath`");
  const meant = mountOf(path);
  const instead = meant === null ? "" : `, or set createBilling({ basePath: "${meant}" })`;
  const message = `Billing was called at ${path} and answers under ${under}, its \`basePath\`. Mount it there${instead}.`;
  return respondError(new BillingError("not_found", message, { details: { path, basePath: under } }));
}

/** The path under which a handler seems to be mounted: what stands before a route of ours. */
function mountOf(path: string): string | null {
  const route = routes.find((one) => endOf(one).test(path));
  return route === undefined ? null : path.replace(endOf(route), "") || "/";
}

function endOf({ path }: Route): RegExp {
  return new RegExp(`${path.replaceAll(/:\w+/g, "[^/]+")}$`);
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
