import { StripeError } from "../../engine/world/stripe-error.js";
import type { SandboxRoom } from "../../rooms/sandbox-room.js";
import type { Route } from "../params/route.js";
import { authorize } from "./authorize.js";
import { checkPermission } from "./check-permission.js";
import { chooseAccount } from "./choose-account.js";

export type AdmitOptions = {
  platform: SandboxRoom;
  expiredKeys: readonly string[];
  /** Whether a page of another origin sends a request. */
  isForeign: (request: Request) => boolean;
};

/** Stripe would take it. The sandbox's key is published, so a page that knows it has proved nothing. */
const secretInPage = (): StripeError =>
  new StripeError(403, {
    type: "invalid_request_error",
    message:
      "A page used a secret key. The sandbox takes the publishable key from pages, and secret keys from servers only.",
  });

/** Who asks, for which account, and whether that is allowed. */
export const admit = (api: AdmitOptions, route: Route, request: Request, sent: Record<string, unknown>) => {
  const { secretKey, publishableKey, world } = api.platform;
  const { expiredKeys, platform } = api;
  const keys = { secretKey, publishableKey, expiredKeys, world, now: platform.now() };
  const { kind, restricted } = authorize(request, keys, typeof sent.key === "string" ? sent.key : undefined);
  if (kind === "secret" && api.isForeign(request)) throw secretInPage();
  const room = chooseAccount(platform, request, sent);
  checkPermission(restricted, route, room.world.account.id);
  return { room, key: kind };
};
