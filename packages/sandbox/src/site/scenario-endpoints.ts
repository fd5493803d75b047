import { Hono, type Context as HonoContext } from "hono";
import { admit } from "../api/http/admit.js";
import { checkClient } from "../api/http/client-view.js";
import type { ApiOptions } from "../api/http/create-api.js";
import { readRequest } from "../api/http/read-request.js";
import { type Envelope, respond, toFailure } from "../api/http/respond.js";
import { decodeParams } from "../api/params/decode-params.js";
import { text } from "../api/params/fields.js";
import { type Method, ownRoute } from "../api/params/route.js";
import type { SandboxRoom } from "../rooms/sandbox-room.js";
import type { Played } from "../scenarios/played.js";
import { type ScenarioName, scenarioNames, scenarios } from "../scenarios/scenarios.js";

const all = "/v1/sandbox/scenarios";
const one = `${all}/:name`;

/** What is served besides the API's own routes, which take no time and so can't play. */
export const scenarioEndpoints = [`GET ${all}`, `POST ${one}`] as const;

const fields = { customer: text(), subscription: text(), price: text() };

const list = () => ({
  object: "list",
  data: scenarioNames.map((name) => {
    const { title, tells } = scenarios[name];
    return { object: "sandbox.scenario", id: name, title, tells };
  }),
  has_more: false,
  url: all,
});

/** What a scenario came to, in the API's manner. */
const toAnswer = ({ now, paymentIntent, paymentMethod, ...played }: Played) => ({
  object: "sandbox.played",
  ...played,
  payment_intent: paymentIntent,
  payment_method: paymentMethod,
  now: Math.floor(now.getTime() / 1000),
});

type Options = Pick<ApiOptions, "expiredKeys" | "isForeign" | "openEntry">;

const answer = async (
  platform: SandboxRoom,
  options: Options,
  c: HonoContext,
  [method, path]: readonly [Method, string],
  run: (room: SandboxRoom, given: Record<string, unknown>) => Promise<object>,
): Promise<Response> => {
  const [requestId, now, account] = [platform.requestId(), platform.now(), platform.world.account.id];
  const entry = options.openEntry(c.req.raw, { id: requestId, account, route: path, at: now });
  const envelope: Envelope = {
    requestId,
    now,
    entry,
    apiVersion: platform.apiVersion,
    idempotencyKey: c.req.header("idempotency-key") ?? null,
  };
  try {
    const { given } = await readRequest(c.req.raw);
    entry.asked({ account, key: "none", params: given });
    const route = ownRoute(method, all, {}, () => ({}));
    const { room, key } = admit({ platform, ...options }, route, c.req.raw, given);
    entry.asked({ account: room.world.account.id, key, params: given });
    if (key === "publishable")
      checkClient(room.world, { publishable: false, id: "", clientSecret: undefined });
    const body = JSON.stringify(await run(room, given), null, 2);
    return respond(envelope, { status: 200, body });
  } catch (thrown) {
    return respond(envelope, toFailure(thrown, envelope.requestId));
  }
};

/** `GET /v1/sandbox/scenarios` lists the scenarios, and `POST /v1/sandbox/scenarios/:name` plays one. */
export const scenarioPages = (platform: SandboxRoom, options: Options): Hono => {
  const app = new Hono();
  app.get(all, (c) => answer(platform, options, c, ["GET", all], async () => list()));
  app.post(one, (c) =>
    answer(platform, options, c, ["POST", one], async (room, given) =>
      // A name that is unknown is refused where it is played.
      toAnswer(await room.play(c.req.param("name") as ScenarioName, decodeParams(fields, given))),
    ),
  );
  return app;
};
