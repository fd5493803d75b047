import type { Context } from "../world/context.js";
import { emit } from "../world/emit.js";
import { send } from "../world/letters.js";
import { previousAttributes } from "../world/previous-attributes.js";
import type { Account, Capability } from "../world/wire.js";
import type { World } from "../world/world.js";
import { capabilityOf } from "./capability.js";
import { refreshAccount } from "./refresh-account.js";

const changedCapabilities = (world: World, account: Account, before: Account): Capability[] =>
  Object.keys({ ...before.capabilities, ...account.capabilities })
    .filter((name) => read(before, name) !== read(account, name))
    .map((name) => capabilityOf(world, account, name));

const read = ({ capabilities = {} }: Account, name: string): unknown =>
  (capabilities as Record<string, unknown>)[name];

/**
 * Changes a connected account. Its own world hears of it: `account.updated` is an event of the account, which the
 * platform's Connect endpoints get. https://docs.stripe.com/connect/webhooks
 */
export const changeAccount = (
  world: World,
  ctx: Context,
  account: Account,
  apply: (account: Account) => void = () => undefined,
): Account => {
  const before = structuredClone({ ...account });
  apply(account);
  refreshAccount(world, account);
  const previous = previousAttributes({ ...before }, { ...account });
  if (Object.keys(previous).length === 0) return account;
  const after = structuredClone({ ...account });
  const capabilities = changedCapabilities(world, account, before);
  send(world, ctx, {
    to: account.id,
    run: (own, there) => {
      own.account = after;
      emit(own, there, "account.updated", after, previous);
      for (const capability of capabilities) emit(own, there, "capability.updated", capability);
    },
  });
  return account;
};
