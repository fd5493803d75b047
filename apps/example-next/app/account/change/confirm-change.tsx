"use client";

import type { ChangeRequest, ChangeResponse } from "@tollgate/core/contract";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { confirmPayment, type StripePage } from "./confirm-payment";

interface Props extends StripePage {
  /** With the token of what was shown: it is charged exactly that, or nothing. */
  readonly body: ChangeRequest;
}

/** Makes the change that was shown; where the bank wants to ask first, it does that here. */
export function ConfirmChange({ body, ...stripe }: Props) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function confirm(): Promise<void> {
    setIsBusy(true);
    setProblem(null);
    const refused = await change(body, stripe).catch(() => "That didn't work. Try again in a moment.");
    if (refused === null) {
      router.push("/account");
      router.refresh();
      return;
    }
    setProblem(refused);
    setIsBusy(false);
  }
  return (
    <>
      <button type="button" className="site-button" disabled={isBusy} onClick={confirm}>
        {isBusy ? "One moment…" : "Confirm change"}
      </button>
      <p role="alert">{problem}</p>
    </>
  );
}

/** Why nothing changed, in a sentence; `null`: it did, or will when the money arrives. */
async function change(body: ChangeRequest, stripe: StripePage): Promise<string | null> {
  const answer = await post(body);
  if ("error" in answer) {
    return answer.error.code === "preview_outdated"
      ? "Something changed meanwhile. Look at what it costs now, and confirm again."
      : answer.error.message;
  }
  if (answer.status !== "requires_action") return null;
  const declined = await confirmPayment(stripe, answer.clientSecret ?? "");
  // The same body again: what is paid for by now is not charged twice.
  return declined ?? change(body, stripe);
}

async function post(
  body: ChangeRequest,
): Promise<ChangeResponse | { error: { code: string; message: string } }> {
  const response = await fetch("/api/billing/subscription/change", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}
