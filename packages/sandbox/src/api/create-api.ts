import { Hono, type Context as HonoContext } from "hono";
import { StripeError } from "../engine/stripe-error.js";
import type { SandboxRoom } from "../sandbox.js";
import { authorize } from "./authorize.js";
import { checkClient, checkClientSecret, clientView } from "./client-view.js";
import { decodeParams } from "./decode-params.js";
import { expand } from "./expand.js";
import { type Fields, list, text } from "./fields.js";
import { type AnswerStore, recall } from "./idempotency.js";
import { readRequest } from "./read-request.js";
import { type Envelope, preflight, respond, toFailure } from "./respond.js";
import type { Route } from "./route.js";
import { routes } from "./routes.js";

/** What every endpoint accepts beside its own. */
const common: Fields = { expand: list(text()) };

type Inputs = { given: Record<string, unknown>; id: string; child: string; key: "publishable" | "secret" };

/** Runs one call: decode, act, copy, expand. Throws before `run` for anything wrong with the request itself. */
const answer = (room: SandboxRoom, route: Route, inputs: Inputs, envelope: Envelope): object => {
  const { key: _key, ...given } = inputs.given;
  if (inputs.key === "publishable")
    checkClient(room.world, {
      publishable: route.publishable,
      id: inputs.id,
      clientSecret: given.client_secret,
    });
  else if (route.publishable && inputs.id !== "" && given.client_secret !== undefined)
    checkClientSecret(room.world, inputs.id, given.client_secret);
  const { expand: paths, ...params } = decodeParams({ ...route.fields, ...common }, given);
  const request = { id: envelope.requestId, idempotency_key: envelope.idempotencyKey };
  const object = room.mutate(
    (world, ctx) => structuredClone(route.run({ world, ctx, params, id: inputs.id, child: inputs.child })),
    request,
  );
  expand(room.world, object, (paths ?? []) as string[]);
  return inputs.key === "publishable" ? clientView({ ...object }) : object;
};

const outcomeOf = (act: () => object, requestId: string): { status: number; body: string; keep: boolean } => {
  try {
    return { status: 200, body: JSON.stringify(act(), null, 2), keep: true };
  } catch (thrown) {
    const failure = toFailure(thrown, requestId);
    // Stripe keeps what an action answered, not what a malformed request did.
    return { ...failure, keep: thrown instanceof StripeError && thrown.status === 402 };
  }
};

const handle = async (room: SandboxRoom, answers: AnswerStore, route: Route, context: HonoContext) => {
  const request = context.req.raw;
  const envelope = envelopeOf(room, request);
  try {
    const { given, fingerprint } = await readRequest(request);
    const bodyKey = typeof given.key === "string" ? given.key : undefined;
    const key = authorize(request, room, bodyKey);
    const idempotencyKey = route.method === "POST" ? envelope.idempotencyKey : null;
    const stored = idempotencyKey ? recall(answers, idempotencyKey, fingerprint) : undefined;
    if (stored) return respond(envelope, { ...stored, replayed: true });
    const inputs = { given, key, id: context.req.param("id") ?? "", child: context.req.param("child") ?? "" };
    const outcome = outcomeOf(() => answer(room, route, inputs, envelope), envelope.requestId);
    if (idempotencyKey && outcome.keep) answers.set(idempotencyKey, { fingerprint, ...outcome });
    return respond(envelope, outcome);
  } catch (thrown) {
    return respond(envelope, toFailure(thrown, envelope.requestId));
  }
};

const envelopeOf = (room: SandboxRoom, request: Request): Envelope => ({
  requestId: room.ids.id("req").replace("_1", "_").slice(0, 18),
  now: room.now(),
  apiVersion: room.apiVersion,
  idempotencyKey: request.headers.get("idempotency-key"),
});

/** The whole of `/v1` as a hono app; also a Fetch handler that runs inside a page. */
export const createApi = (room: SandboxRoom, answers: AnswerStore): Hono => {
  const app = new Hono();
  app.options("/v1/*", (context) => preflight(context.req.raw));
  for (const route of routes)
    app.on(route.method, route.path, (context) => handle(room, answers, route, context));
  app.all("/v1/*", (context) => {
    const { method, path } = context.req;
    const message =
      `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs ` +
      "or we can help at https://support.stripe.com/.";
    const envelope = envelopeOf(room, context.req.raw);
    const unknown = new StripeError(404, { type: "invalid_request_error", message });
    return respond(envelope, toFailure(unknown, envelope.requestId));
  });
  return app;
};
