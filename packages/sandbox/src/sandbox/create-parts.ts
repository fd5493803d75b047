import type { ApiOptions } from "../api/http/create-api.js";
import type { AnswerStore } from "../api/http/idempotency.js";
import { createRateLimit } from "../api/http/rate-limit.js";
import { createDoors } from "../doors/create-doors.js";
import { createRequestLog } from "../requests/create-request-log.js";
import { refusedLine, toUntaken, untakenLine } from "../requests/problems.js";
import { apiVersion as presentVersion } from "../rooms/api-version.js";
import { createAccounts } from "../rooms/create-accounts.js";
import type { MovableRoom } from "../rooms/create-room.js";
import { createSite } from "../site/create-site.js";
import { createVersionNotes } from "../versions/create-version-notes.js";
import { isVersion } from "../versions/version.js";
import { createDispatcher } from "../webhooks/create-dispatcher.js";
import { retryDelaysOf } from "../webhooks/retry-delays.js";
import { timers } from "../webhooks/scheduler.js";
import { createPlayer } from "./create-player.js";
import type { SandboxOptions } from "./sandbox-options.js";

const randomSeed = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");

/** The version of requests, endpoints and events that name none. */
const versionOf = ({ apiVersion = presentVersion }: SandboxOptions): string => {
  if (!isVersion(apiVersion))
    throw new RangeError(`apiVersion must look like ${presentVersion}, not ${apiVersion}.`);
  return apiVersion;
};

/** What a sandbox is made of: its accounts, its doors, its log and its post, each told of the others. */
export const createParts = (baseUrl: () => string, options: SandboxOptions, onChange: () => void) => {
  const {
    secretKey = "sk_test_tollgate",
    publishableKey = "pk_test_tollgate",
    webhookSecret = "whsec_tollgate",
    clock = () => new Date(),
    log = (line: string) => console.warn(line),
    onProblem: tell = () => undefined,
  } = options;
  /** Whether what happens now is nobody's business. */
  let quiet = false;
  const doors = createDoors(baseUrl, options.allowedHosts ?? [], log);
  const noteVersion = createVersionNotes(log);
  const answers: AnswerStore = new Map();
  const requests = createRequestLog((request) => {
    if (!quiet) tell(refusedLine(request));
  });
  const accounts = createAccounts({
    apiVersion: versionOf(options),
    baseUrl,
    secretKey,
    publishableKey,
    seed: options.seed ?? randomSeed(),
    log,
    settings: options.settings ?? {},
    clock,
    startAt: options.startAt ?? null,
    onPosted: (account, posted) => {
      if (!quiet) dispatcher.dispatch(account, posted);
    },
    onChange,
    deliveries: () => dispatcher.deliveries(),
    requests: () => requests.all(),
    advance: (to, account) => advance(to, account),
    play: (room, name, given) => player(room, name, given),
  });
  const { platform } = accounts;
  const dispatcher = createDispatcher({
    platform: () => platform.world,
    worldOf: (account) => accounts.find(account)?.world,
    now: () => platform.now().getTime(),
    scheduler: options.scheduler ?? timers,
    retryDelays: retryDelaysOf(options.retryDelays),
    fetch: options.fetch ?? ((...input) => fetch(...input)),
    onChange,
    noteVersion,
    onRefused: (delivery, attempt) => tell(untakenLine(toUntaken(delivery, attempt))),
  });
  const apiOptions: ApiOptions = {
    answers,
    rateLimit: createRateLimit(options.rateLimit, clock),
    expiredKeys: options.expiredKeys ?? [],
    isForeign: doors.isForeign,
    openEntry: requests.opener("app"),
    noteVersion,
  };
  const site = createSite(platform, accounts.all, apiOptions);
  const player = createPlayer(platform, { ...apiOptions, openEntry: requests.opener("scenario") });

  const roomOf = (account: string | undefined): MovableRoom => {
    const room = account === undefined ? platform : accounts.find(account);
    if (!room) throw new RangeError(`This sandbox has no account ${account}.`);
    return room;
  };
  const advance = (to: Date, account?: string): void => {
    const room = roomOf(account);
    if (to < room.now()) throw new RangeError("The sandbox's clock only moves forward.");
    const along = account === undefined ? accounts.all().filter((other) => other.now() <= to) : [room];
    for (const each of along) each.moveTo(to);
    dispatcher.wake();
  };
  /** Does something that no endpoint hears of, and that leaves no trace in the log. */
  const quietly = async (work: () => Promise<void>): Promise<void> => {
    quiet = true;
    await work().finally(() => {
      quiet = false;
      requests.clear();
    });
  };

  const keys = { secretKey, publishableKey, webhookSecret };
  return { keys, doors, answers, requests, accounts, dispatcher, site, player, roomOf, advance, quietly };
};
