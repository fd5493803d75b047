"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { confirmPayment, type StripePage } from "./confirm-payment";

interface Props {
  /** The billing route that charges, and what it is sent. */
  readonly path: string;
  readonly body: object;
  readonly stripe: StripePage;
  readonly children: string;
}

/** Charges what is shown beside it; where the bank wants to ask first, it does that here. */
export function PayButton({ path, body, stripe, children }: Props) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function pay(): Promise<void> {
    setIsBusy(true);
    setProblem(null);
    const refused = await settle(path, body, stripe).catch(() => "That didn't work. Try again in a moment.");
    setProblem(refused);
    setIsBusy(false);
    if (refused !== null) return;
    router.push("/account");
    router.refresh();
  }
  return (
    <>
      <button type="button" className="site-button" disabled={isBusy} onClick={pay}>
        {isBusy ? "One moment…" : children}
      </button>
      <p role="alert">{problem}</p>
    </>
  );
}

/** Why nothing was paid, in a sentence; `null`: it was, or will be when the money arrives. */
async function settle(path: string, body: object, stripe: StripePage): Promise<string | null> {
  const answer = await post(path, body);
  if ("error" in answer) {
    return answer.error.code === "preview_outdated"
      ? "Something changed meanwhile. Look at what it costs now, and confirm again."
      : answer.error.message;
  }
  if (answer.status === "requires_payment_method")
    return "Save a card first: “Use another card” leads there.";
  if (answer.status !== "requires_action") return null;
  const declined = await confirmPayment(stripe, answer.clientSecret ?? "");
  // The same question again: what is paid for by now is not charged twice.
  return declined ?? settle(path, body, stripe);
}

type Answer =
  | { readonly status: string; readonly clientSecret: string | null }
  | { readonly error: { readonly code: string; readonly message: string } };

async function post(path: string, body: object): Promise<Answer> {
  const response = await fetch(`/api/billing${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}
