import type { World } from "../world/world.js";

/** What the account calls itself to its customers. */
export function merchantName({ account }: Pick<World, "account">): string {
  const profile = account.business_profile;
  const named =
    typeof profile === "object" && profile !== null && "name" in profile ? profile.name : undefined;
  return typeof named === "string" && named !== "" ? named : "Sandbox shop";
}
