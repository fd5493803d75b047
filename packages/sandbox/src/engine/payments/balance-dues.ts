import type { Due } from "../world/due.js";
import { touch } from "../world/touch.js";
import type { BalanceTransaction } from "../world/wire.js";
import type { World } from "../world/world.js";

/** Money on its way arrives. The account's balance lives by the sandbox's own clock, whatever customers do. */
export const balanceDues = (_world: World, transaction: BalanceTransaction): Due[] =>
  transaction.status === "pending"
    ? [
        {
          id: `${transaction.id}/available`,
          at: transaction.available_on,
          turn: "notice",
          run: (changing) => {
            transaction.status = "available";
            touch(changing, transaction.id);
          },
        },
      ]
    : [];
