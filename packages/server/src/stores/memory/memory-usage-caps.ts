import type { UsageCapFact, UsageCounter } from "@tollgate/core";
import { isBeingDeletedIn } from "./memory-deletions.js";
import type { MemoryState } from "./memory-state.js";
import { keyOf } from "./table.js";

export function createMemoryUsageCaps(state: MemoryState): Pick<UsageCounter, "saveUsageCap"> {
  const { usageCaps } = state;
  return {
    async saveUsageCap({ customerId, feature, setBy, cap }) {
      if (isBeingDeletedIn(state, customerId)) return "overtaken";
      const key = keyOf(customerId, feature, setBy);
      if (cap === "none") usageCaps.delete(key);
      else usageCaps.set(key, { customerId, feature, setBy, cap: structuredClone(cap) });
      state.changed([customerId]);
      return "saved";
    },
  };
}

/** For whoever decides about access. */
export function capsIn(
  { usageCaps }: MemoryState,
  customerId: string,
): { readonly caps?: readonly UsageCapFact[] } {
  const own = usageCaps.all().filter((one) => one.customerId === customerId);
  return own.length === 0 ? {} : { caps: own.map(({ customerId: _, ...fact }) => fact) };
}

/** What somebody may spend goes with the subscription that it is spent on; a cap of their own stays. */
export function moveCapsIn({ usageCaps }: MemoryState, from: string, to: string): void {
  for (const one of usageCaps.all().filter(({ customerId }) => customerId === from)) {
    usageCaps.delete(keyOf(from, one.feature, one.setBy));
    const key = keyOf(to, one.feature, one.setBy);
    if (usageCaps.get(key) === undefined) usageCaps.set(key, { ...one, customerId: to });
  }
}
