import { Hono, type Context as HonoContext } from "hono";
import { StripeError } from "../../engine/world/stripe-error.js";
import { touch } from "../../engine/world/touch.js";
import type { OpenEntry } from "../../requests/create-request-log.js";
import { apiVersion } from "../../rooms/api-version.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import { inPresentForm } from "../../versions/in-present-form.js";
import { expandableIn, inVersion } from "../../versions/in-version.js";
import { refusalIn } from "../../versions/known-in.js";
import { isOlder, readVersion } from "../../versions/version.js";
import { checkExpand } from "../answers/check-expand.js";
import { expand } from "../answers/expand.js";
import { decodeParams } from "../params/decode-params.js";
import { type Fields, list, text } from "../params/fields.js";
import type { Route } from "../params/route.js";
import { type AdmitOptions, admit } from "./admit.js";
import { checkClient, checkClientSecret, clientView, withoutClientParams } from "./client-view.js";
import { downloadFile } from "./download-file.js";
import { type AnswerSlot, type AnswerStore, checkKey, isKept, recall, remember } from "./idempotency.js";
import { isStripes } from "./is-stripes.js";
import { createNotes, type Notes } from "./note-unused.js";
import { olderRoutes } from "./older-routes.js";
import type { RateLimit } from "./rate-limit.js";
import { readRequest } from "./read-request.js";
import { takesUpload, withoutBytes } from "./read-upload.js";
import { refuseRawCards } from "./refuse-raw-cards.js";
import { type Envelope, preflight, respond, toFailure } from "./respond.js";
import { routes } from "./routes.js";

/** What every endpoint accepts besides its own parameters. */
const common: Fields = { expand: list(text()) };

type Call = {
  room: SandboxRoom;
  route: Route;
  envelope: Envelope;
  given: Record<string, unknown>;
  id: string;
  child: string;
  key: "publishable" | "secret";
  /** The API version that the request asks for, or the account's. */
  version: string;
};

type Prepared = { params: Record<string, unknown>; paths: string[] };

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

const endedBy = (route: Route, { since, by }: NonNullable<Route["ended"]>): StripeError =>
  new StripeError(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${route.method}: ${route.path}). Version ${since} replaced it by ${by}.`,
  });

/** Refuses whatever is wrong with the request itself; nothing has happened yet. */
const prepare = (call: Call): Prepared => {
  const { room, route, id, key } = call;
  const { key: _key, ...withoutKey } = call.given;
  const given = Object.hasOwn(route.fields, "key") ? call.given : withoutKey;
  if (key === "publishable")
    checkClient(room.world, { publishable: route.publishable, id, clientSecret: given.client_secret });
  else if (route.publishable && id !== "" && given.client_secret !== undefined)
    checkClientSecret(room.world, id, given.client_secret);
  const own = key === "publishable" ? withoutClientParams(route.fields, given) : given;
  const older = route.older && isOlder(call.version, route.older.until) ? route.older.fields : {};
  const { ended } = route;
  if (ended && !isOlder(call.version, ended.since)) throw endedBy(route, ended);
  const { expand: paths, ...params } = decodeParams({ ...route.fields, ...older, ...common }, own);
  const prepared = { params, paths: (paths ?? []) as string[] };
  refuseRawCards(room.world.settings, key, params);
  checkExpand(ended?.by ?? nameOf(route), prepared.paths, expandableIn(call.version));
  return prepared;
};

/** Acts, copies the result, and gives the copy the form that was asked for. */
const run = (
  { room, route, envelope, id, child, key, version }: Call,
  { params, paths }: Prepared,
): object => {
  const request = { id: envelope.requestId, idempotency_key: envelope.idempotencyKey };
  const object = room.mutate((world, ctx) => {
    const answer = route.run({ world, ctx, params, id, child, version });
    // Not every change has an event (an intent's metadata has none), and searches go by what is told.
    if (route.method !== "GET" && "id" in answer && typeof answer.id === "string") touch(world, answer.id);
    return structuredClone(answer);
  }, request);
  const shape = inVersion(version, room.world);
  shape(object);
  expand(room.world, object, paths, shape);
  return key === "publishable" ? clientView({ ...object }) : object;
};

const outcomeOf = (call: Call, prepared: Prepared): { status: number; body: string } => {
  try {
    return { status: 200, body: JSON.stringify(run(call, prepared), null, 2) };
  } catch (thrown) {
    return failureOf(call, thrown);
  }
};

const failureOf = ({ version, envelope }: Pick<Call, "envelope" | "version">, thrown: unknown) =>
  toFailure(thrown instanceof StripeError ? refusalIn(version, thrown) : thrown, envelope.requestId);

const slotOf = (room: SandboxRoom, answers: AnswerStore, route: Route, envelope: Envelope) => {
  const { idempotencyKey: key, now } = envelope;
  if (route.method !== "POST" || !key) return undefined;
  checkKey(key);
  return { answers, account: room.world.account.id, key, now } satisfies AnswerSlot;
};

/** What all accounts of a sandbox have in common. */
export type ApiOptions = Omit<AdmitOptions, "platform"> & {
  answers: AnswerStore;
  rateLimit: RateLimit;
  openEntry: OpenEntry;
  /** Called with the API version of each request. */
  noteVersion: (version: string) => void;
};

type Api = ApiOptions & { platform: SandboxRoom; notes: Notes };

/** Without a header it is the account's, but Stripe.js is of the present one. */
const versionFor = (room: SandboxRoom, key: Call["key"]): string =>
  key === "publishable" ? apiVersion : room.apiVersion;

const handle = async (api: Api, route: Route, context: HonoContext) => {
  const { answers, notes } = api;
  const request = context.req.raw;
  let envelope = envelopeOf(api, request, route.path);
  const { requestId } = envelope;
  try {
    api.rateLimit();
    const { given: received, fingerprint } = await readRequest(request);
    const noted = takesUpload(request) ? withoutBytes(received) : received;
    envelope.entry.asked({ account: api.platform.world.account.id, key: "none", params: noted });
    const { room, key } = admit(api, route, request, received);
    envelope.entry.asked({ account: room.world.account.id, key, params: noted });
    const { _stripe_account: _account, ...sent } = received;
    envelope = { ...envelope, now: room.now() };
    const slot = slotOf(room, answers, route, envelope);
    const stored = slot && recall(slot, fingerprint);
    if (stored) return respond(envelope, { ...stored, original: stored.requestId });
    const [id, child] = [context.req.param("id") ?? "", context.req.param("child") ?? ""];
    const header = request.headers.get("stripe-version");
    const version = header === null ? versionFor(room, key) : readVersion(header);
    envelope = { ...envelope, apiVersion: version };
    api.noteVersion(version);
    const asked = { endpoint: nameOf(route), version, versioned: header !== null };
    const given = inPresentForm(asked, sent, room.world);
    const call: Call = { room, route, envelope, given, key, id, child, version };
    const prepared = prepare(call);
    notes(route, prepared.params);
    const outcome = outcomeOf(call, prepared);
    if (slot && isKept(outcome.status)) remember(slot, { fingerprint, requestId, ...outcome });
    return respond(envelope, outcome);
  } catch (thrown) {
    return respond(envelope, toFailure(thrown, requestId));
  }
};

const envelopeOf = ({ platform, openEntry }: Api, request: Request, route: string | null) => {
  const [requestId, now] = [platform.requestId(), platform.now()];
  const account = platform.world.account.id;
  return {
    requestId,
    now,
    apiVersion: platform.apiVersion,
    idempotencyKey: request.headers.get("idempotency-key"),
    entry: openEntry(request, { id: requestId, account, route, at: now }),
  } satisfies Envelope;
};

const help = "Please see https://stripe.com/docs or we can help at https://support.stripe.com/.";
/** So that nobody looks for a mistake of their own. */
const unplayed = "Stripe has it, and this sandbox does not play it: see PARAMETERS.md of @tollgate/sandbox.";

const unrecognized = (api: Api, context: HonoContext): Response => {
  const { method, path } = context.req;
  const known = isStripes(method, path);
  const message = `Unrecognized request URL (${method}: ${path}). ${known ? unplayed : help}`;
  const envelope = envelopeOf(api, context.req.raw, null);
  const unknown = new StripeError(404, { type: "invalid_request_error", message });
  return respond(envelope, toFailure(unknown, envelope.requestId));
};

const download = (api: Api, context: HonoContext): Response => {
  const envelope = envelopeOf(api, context.req.raw, "/v1/files/:id/contents");
  try {
    const id = context.req.param("id") ?? "";
    return downloadFile(api, context.req.raw, id) ?? unrecognized(api, context);
  } catch (thrown) {
    return respond(envelope, toFailure(thrown, envelope.requestId));
  }
};

/** What Stripe.js asks with the publishable key. */
const forPages = routes.filter(({ publishable }) => publishable);

/** The whole of `/v1` and `/v2`, for every account, as a hono app; also a Fetch handler that runs inside a page. */
export const createApi = (room: SandboxRoom, options: ApiOptions): Hono => {
  const app = new Hono();
  const api: Api = {
    ...options,
    platform: room,
    notes: createNotes(room.log),
  };
  for (const path of new Set(forPages.map((route) => route.path)))
    app.options(path, () =>
      preflight(forPages.filter((route) => route.path === path).map(({ method }) => method)),
    );
  for (const route of [...olderRoutes, ...routes])
    app.on(route.method, route.path, (context) => handle(api, route, context));
  app.get("/v1/files/:id/contents", (context) => download(api, context));
  app.all("/v1/*", (context) => unrecognized(api, context));
  app.all("/v2/*", (context) => unrecognized(api, context));
  return app;
};
