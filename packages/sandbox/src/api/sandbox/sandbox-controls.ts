import { createRestrictedKey } from "../../engine/endpoints/restricted-key.js";
import { createChaos } from "../../engine/world/chaos.js";
import { need } from "../../engine/world/find.js";
import type { Permission } from "../../engine/world/permissions.js";
import { invalidRequest } from "../../engine/world/stripe-error.js";
import { newestFirst } from "../../engine/world/table.js";
import { deleted } from "../answers/lookup.js";
import { pageOf } from "../answers/page-of.js";
import { chaosFields, readChaos } from "../params/chaos-fields.js";
import { choice, type Field, integer, pagination, required, text } from "../params/fields.js";
import { ownRoute } from "../params/route.js";

const permissions: Field<Record<string, Permission>, false> = {
  kind: "map",
  required: false,
  of: choice("none", "read", "write"),
};

/** A resource is named like `customers` or `checkout_sessions`. */
const checkNames = (given: Record<string, Permission>): void => {
  for (const name of Object.keys(given))
    if (!/^(\*|[a-z_]+)$/.test(name))
      throw invalidRequest(`Invalid permission: ${name}`, undefined, `permissions[${name}]`);
};

/** What Stripe does in its dashboard, and what it does not do at all: restricted keys and chaos. */
export const sandboxControlRoutes = [
  ownRoute("GET", "/v1/sandbox/chaos", {}, ({ world }) => ({
    object: "sandbox.chaos",
    everywhere: world.chaos.everywhere,
    endpoints: world.chaos.at,
  })),
  ownRoute("POST", "/v1/sandbox/chaos", chaosFields, ({ world, params }) => {
    const everywhere = createChaos(readChaos(params));
    world.chaos.everywhere = everywhere;
    return { object: "sandbox.chaos", everywhere, endpoints: world.chaos.at };
  }),
  ownRoute("DELETE", "/v1/sandbox/chaos", {}, ({ world }) => {
    world.chaos = { everywhere: null, at: {} };
    return { object: "sandbox.chaos", deleted: true };
  }),
  ownRoute(
    "POST",
    "/v1/sandbox/restricted_keys",
    { key: text(), name: text(), expires_at: integer(0), permissions: required(permissions) },
    ({ world, ctx, params }) => {
      checkNames(params.permissions);
      return createRestrictedKey(world, ctx, params);
    },
  ),
  ownRoute("GET", "/v1/sandbox/restricted_keys", pagination, ({ world, params }) =>
    pageOf(newestFirst(world.restrictedKeys), params, "/v1/sandbox/restricted_keys"),
  ),
  ownRoute("DELETE", "/v1/sandbox/restricted_keys/:id", {}, ({ world, id }) => {
    need(world.restrictedKeys, "restricted key", id);
    delete world.restrictedKeys[id];
    return deleted("sandbox.restricted_key", id);
  }),
];
