/** A sandbox of `@tollgate/sandbox`, as far as a test's billing uses it. */
export interface TestSandbox {
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  now(): Date;
  advance(to: Date): void;
  events(): readonly { readonly id: string }[];
  deliveries(): readonly TestDelivery[];
  settled(): Promise<void>;
  pay(sessionId: string, card?: string, options?: object): Promise<void>;
  keepAsStart(): void;
  close(): Promise<void>;
}

/** An event on its way to the app. */
interface TestDelivery {
  readonly eventId: string;
  readonly eventType: string;
  readonly attempts: readonly {
    readonly status: number | null;
    readonly error: string | null;
    /** What went wrong on purpose; null: nothing. */
    readonly chaos: string | null;
    readonly response: { readonly body: string } | null;
  }[];
}

/** `startSandbox` of `@tollgate/sandbox`. */
export type StartSandbox<S extends TestSandbox> = (options: {
  webhooks: { url: string }[];
  fetch: typeof fetch;
}) => Promise<S>;

/** What an answer says about itself, in a message. */
const longest = 300;

/** @throws Error when the last whole attempt of a webhook was not answered with success */
export function failOnRefusals(sandbox: Pick<TestSandbox, "deliveries">): void {
  const refusals = sandbox.deliveries().flatMap(({ eventId, eventType, attempts }) => {
    const last = attempts.findLast(({ chaos }) => chaos === null);
    if (last === undefined || (last.status !== null && last.status >= 200 && last.status < 300)) return [];
    const answer = last.status === null ? last.error : `${last.status} ${last.response?.body ?? ""}`;
    return [`${eventType} (${eventId}): ${(answer ?? "no answer").slice(0, longest)}`];
  });
  if (refusals.length === 0) return;
  const what = refusals.length === 1 ? "A webhook was refused" : `${refusals.length} webhooks were refused`;
  throw new Error(`${what} by the app:\n${refusals.slice(0, 5).join("\n")}`);
}
