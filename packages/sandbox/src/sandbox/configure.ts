import { platformAccount } from "../engine/accounts/platform-account.js";
import { createRestrictedKey } from "../engine/endpoints/restricted-key.js";
import { createWebhookEndpoint } from "../engine/endpoints/webhook-endpoint.js";
import { saveDefaultConfiguration } from "../engine/portal/portal-configuration.js";
import { createChaos } from "../engine/world/chaos.js";
import { find } from "../engine/world/find.js";
import { invalidRequest } from "../engine/world/stripe-error.js";
import type { World } from "../engine/world/world.js";
import type { MovableRoom } from "../rooms/create-room.js";
import type { ChaosOptions, SandboxOptions, WebhookTarget } from "./sandbox-options.js";

/** Where chaos gets its seed when nobody gives one: repeatable without being asked. */
const chaosSeed = ({ seed }: SandboxOptions): string => seed ?? "tollgate";

/** Adds an endpoint that hears of what it asked for, or of everything. */
export const addTarget = (room: MovableRoom, target: WebhookTarget, options: SandboxOptions): void =>
  room.mutate((world, ctx) => {
    const { url, chaos, events = ["*"] } = target;
    const secret = target.secret ?? options.webhookSecret ?? "whsec_tollgate";
    const { id } = createWebhookEndpoint(world, ctx, { url, secret, enabled_events: [...events] });
    const hidden = find(world.hidden.endpoints, id);
    if (hidden && target.connect) hidden.hears = "both";
    if (chaos) world.chaos.at[id] = createChaos({ seed: chaosSeed(options), ...chaos });
  });

const endpointIds = (world: World, endpoint: string): string[] => {
  const ids = Object.entries(world.hidden.endpoints)
    .filter(([id, { url }]) => id === endpoint || url === endpoint)
    .map(([id]) => id);
  if (ids.length === 0) throw invalidRequest(`No such webhook endpoint: '${endpoint}'`, "resource_missing");
  return ids;
};

/** Switches chaos on or off (null), everywhere or at one endpoint, which is named by its id or its address. */
export const switchChaos = (
  room: MovableRoom,
  chaos: ChaosOptions | null,
  endpoint: string | undefined,
  options: SandboxOptions,
): void =>
  room.mutate((world) => {
    const full = chaos && createChaos({ seed: chaosSeed(options), ...chaos });
    if (endpoint === undefined) world.chaos.everywhere = full;
    else
      for (const id of endpointIds(world, endpoint)) {
        if (full) world.chaos.at[id] = full;
        else delete world.chaos.at[id];
      }
  });

const knows = (world: World, { url, secret }: WebhookTarget): boolean =>
  Object.values(world.hidden.endpoints).some(
    (hidden) => hidden.url === url && (secret === undefined || hidden.secrets[0]?.secret === secret),
  );

/** Sets an account up as the options say; what it already has, from kept data, stays as it is. */
export const configure = (room: MovableRoom, options: SandboxOptions): void => {
  // Before anybody listens: it was saved before the story begins.
  if (room.world.settings.portalSaved) room.mutate((world, ctx) => saveDefaultConfiguration(world, ctx));
  const fresh = (options.webhooks ?? []).filter((target) => !knows(room.world, target));
  for (const target of fresh) addTarget(room, target, options);
  if (options.chaos) switchChaos(room, options.chaos, undefined, options);
  room.mutate((world, ctx) => {
    const known = Object.values(world.restrictedKeys).map(({ key }) => key);
    for (const given of options.restrictedKeys ?? [])
      if (!known.includes(given.key)) createRestrictedKey(world, ctx, given);
    const created = Math.floor(ctx.now.getTime() / 1000);
    for (const id of options.accounts ?? []) world.accounts[id] ??= { ...platformAccount(created), id };
  });
};
