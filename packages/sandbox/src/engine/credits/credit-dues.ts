import type { Due } from "../world/due.js";
import { find } from "../world/find.js";
import type { CreditGrant } from "../world/wire.js";
import type { World } from "../world/world.js";
import { endCreditGrant } from "./credit-grant.js";
import { leftOf } from "./credit-ledger.js";

/** The end of what is left of a grant. */
export const creditDues = (world: World, { id, expires_at: at, voided_at }: CreditGrant): Due[] => {
  const grant = find<CreditGrant>(world.creditGrants, id);
  if (!grant || at === null || voided_at !== null || leftOf(world, grant, at) === 0) return [];
  return [
    {
      id: `${id}/expire`,
      at,
      turn: "end",
      run: (changing, ctx) => {
        const own = find<CreditGrant>(changing.creditGrants, id);
        if (own) endCreditGrant(changing, ctx, own);
      },
    },
  ];
};
