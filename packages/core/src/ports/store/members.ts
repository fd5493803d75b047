import type { IsoTime } from "../../language/time.js";

/** One of a customer's people, under the app's own ids. */
export interface MemberOf {
  readonly customerId: string;
  readonly memberId: string;
}

/** What is stored of a member. */
export interface MemberUse {
  /** By feature, of the periods that were asked for; what is missing was not used. */
  readonly used: Readonly<Record<string, number>>;
  /** Limits that the app set for them, by feature; `null` is as many as the customer may use. */
  readonly limits: Readonly<Record<string, number | null>>;
}

/** What members use of what their customer may, and how much each may. */
export interface MemberBooks {
  /** @param query.periods which period of which feature: by the start that it is counted under */
  readMemberUse(
    query: MemberOf & {
      readonly periods: readonly { readonly feature: string; readonly startsAt: IsoTime }[];
    },
  ): Promise<MemberUse>;
  /**
   * Sets a member's own limit; `"plan"` takes it away again. `"overtaken"`: the customer is being deleted, and nothing is
   * stored.
   */
  saveMemberLimit(
    write: MemberOf & { readonly feature: string; readonly limit: number | null | "plan" },
  ): Promise<"saved" | "overtaken">;
  /**
   * Forgets a member's own limits; with `counts`, also what they used. Whatever the customer was counted stays.
   */
  forgetMember(who: MemberOf & { readonly counts: boolean }): Promise<void>;
  /** Deletes up to `limit` counts of members whose period ended before the moment; returns how many. */
  pruneMemberUse(bounds: { readonly endedBefore: IsoTime; readonly limit: number }): Promise<number>;
}
