import type { Interval } from "../language/interval.js";
import type { Amounts } from "../language/money.js";

/** What something costs this customer. */
export type UnlockPrice = {
  readonly interval: Interval;
  /** How many are meant: the seats that they have, or the fewest that are sold; 1 where there are none. */
  readonly quantity: number;
  /** For all of them, in minor units: in the one currency that the customer pays in, or in all, before they pay. */
  readonly amounts: Amounts;
};

/** Something to buy that would allow what is denied. */
export type AccessUnlock =
  | {
      readonly kind: "plan";
      readonly planId: string;
      /** How many it would grant in all; `null` is unlimited. */
      readonly limit: number | null;
      /** `null`: it is sold by hand. */
      readonly price: UnlockPrice | null;
    }
  | {
      /** One more of an add-on to the plan that they have. */
      readonly kind: "add_on";
      readonly addOnId: string;
      readonly limit: number | null;
      readonly price: UnlockPrice;
    };
