import type { CallbackHandlers, CallbackType } from "@tollgate/core";
import { expect, vi } from "vitest";

/** Callbacks that note when they run. */
export function recordCallbacks(...types: readonly CallbackType[]) {
  const calls: { readonly type: CallbackType; readonly customerId: string }[] = [];
  const note = (type: CallbackType) => (data: { readonly customerId: string }) => {
    calls.push({ type, customerId: data.customerId });
  };
  const on: CallbackHandlers = Object.fromEntries(types.map((type) => [type, note(type)]));
  const typesFor = (user: string) =>
    calls.filter(({ customerId }) => customerId === user).map(({ type }) => type);

  /** Waits for exactly these, then a little longer for any that should not come. */
  async function expectCalls(user: string, expected: readonly CallbackType[]): Promise<void> {
    const sorted = [...expected].sort();
    await vi.waitFor(() => expect(typesFor(user).sort()).toEqual(sorted), { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(typesFor(user).sort()).toEqual(sorted);
  }

  return { on, expectCalls };
}
