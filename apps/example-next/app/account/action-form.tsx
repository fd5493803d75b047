"use client";

import { type ReactNode, useActionState } from "react";

type Action = (before: string | null, form: FormData) => Promise<string | null>;

/** A form that says what went wrong. It works before any script has loaded. */
export function ActionForm({ action, children }: { action: Action; children: ReactNode }) {
  const [problem, submit, isBusy] = useActionState(action, null);
  return (
    <form action={submit} className="action-form" aria-busy={isBusy}>
      {children}
      {problem && <p role="alert">{problem}</p>}
    </form>
  );
}
