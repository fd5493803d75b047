"use client";

import { useEffect, useState } from "react";
import type { Credits } from "./balance-table";

/** Twice a second while something is running here. */
const everyMs = 500;

/** What the server says now: while something runs, when it is done, and when the person comes back to this tab. */
export function useCredits(initial: Credits, isBusy: boolean): Credits {
  const [read, setRead] = useState<{ readonly since: Credits; readonly credits: Credits } | null>(null);
  useEffect(() => {
    let isGone = false;
    const refresh = async () => {
      const credits = await readCredits();
      if (credits !== null && !isGone) setRead({ since: initial, credits });
    };
    const timer = isBusy ? setInterval(refresh, everyMs) : undefined;
    const onReturn = () => document.visibilityState === "visible" && void refresh();
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener("focus", onReturn);
    return () => {
      isGone = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener("focus", onReturn);
    };
  }, [initial, isBusy]);
  // What the page was rendered with later is newer than what was read before.
  return read?.since === initial ? read.credits : initial;
}

/** `null`: it could not be read, so that what is shown stays. */
async function readCredits(): Promise<Credits | null> {
  try {
    const response = await fetch("/api/billing/credits");
    return response.ok ? (await response.json()).credits.ai : null;
  } catch {
    return null;
  }
}
