import { type Context, seconds } from "../world/context.js";
import type { Permission, RestrictedKey } from "../world/permissions.js";
import { invalidRequest } from "../world/stripe-error.js";
import type { World } from "../world/world.js";

type Fields = {
  key?: string;
  name?: string | null;
  expires_at?: number;
  permissions: Record<string, Permission>;
};

/** Makes a key that may do only what is listed. */
export const createRestrictedKey = (world: World, ctx: Context, fields: Fields): RestrictedKey => {
  const key = fields.key ?? `rk_test_${ctx.ids.secret(24)}`;
  if (!/^rk_test_\w+$/.test(key))
    throw invalidRequest("Invalid key: a restricted key begins with rk_test_.", undefined, "key");
  if (Object.values(world.restrictedKeys).some((row) => row.key === key))
    throw invalidRequest("This restricted key exists already.", "resource_already_exists", "key");
  const row: RestrictedKey = {
    id: ctx.ids.id("rk"),
    object: "sandbox.restricted_key",
    created: seconds(ctx),
    expires_at: fields.expires_at ?? null,
    key,
    name: fields.name || null,
    permissions: { ...fields.permissions },
  };
  world.restrictedKeys[row.id] = row;
  return row;
};
