import type { BillingError } from "@tollgate/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { toBillingError } from "../client/read-answer.js";
import { useBilling } from "./billing-context.js";
import type { BillingSession } from "./create-session.js";
import { leavePage } from "./leave-page.js";
import { usePageRestored } from "./use-page-restored.js";

export type Opening<Input> =
  | { readonly status: "idle"; readonly input: null; readonly error: null }
  | { readonly status: "opening"; readonly input: Input; readonly error: null }
  | { readonly status: "failed"; readonly input: Input; readonly error: BillingError };

type Open<Input> = (session: BillingSession, input: Input, signal: AbortSignal) => Promise<{ url: string }>;

const idle = { status: "idle", input: null, error: null } as const;

/**
 * How long until the page is assumed to stay: the person stopped the navigation or answered "stay" to a form's
 * question, or the address returned no page (204, a download). Browsers report none of these. Pressing again, while a
 * slow page is still coming, opens the same checkout.
 */
const patienceMs = 10_000;

/**
 * Opens a page of the provider and goes there. A second call while one is in progress does nothing; unmounting, or
 * another person signing in, aborts it. `open` must be the same function on each render.
 */
export function useOpening<Input>(open: Open<Input>) {
  const { session, onNavigate } = useBilling();
  const [held, setHeld] = useState<{ session: BillingSession; state: Opening<Input> }>({
    session,
    state: idle,
  });
  const underWay = useRef<AbortController | null>(null);

  const giveUp = useCallback(() => {
    underWay.current?.abort();
    underWay.current = null;
  }, []);
  // Another session comes after this clean-up has run.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is under way is the session's.
  useEffect(() => giveUp, [giveUp, session]);

  const start = useCallback(
    async (input: Input): Promise<void> => {
      if (underWay.current !== null) return;
      const controller = new AbortController();
      underWay.current = controller;
      const finish = (state: Opening<Input>) => {
        if (underWay.current !== controller) return;
        underWay.current = null;
        setHeld({ session, state });
      };
      setHeld({ session, state: { status: "opening", input, error: null } });
      try {
        const { url } = await open(session, input, controller.signal);
        if (controller.signal.aborted) return;
        if ((await leavePage(url, onNavigate)) === "stayed") finish(idle);
        else setTimeout(finish, patienceMs, idle);
      } catch (cause) {
        const error = toBillingError(cause, "The page didn't open.");
        finish({ status: "failed", input, error });
      }
    },
    [open, session, onNavigate],
  );

  const reset = useCallback(() => {
    giveUp();
    setHeld({ session, state: idle });
  }, [giveUp, session]);
  // Back from the provider, the page would otherwise still be "opening".
  usePageRestored(reset);

  return { state: held.session === session ? held.state : idle, start, reset };
}
