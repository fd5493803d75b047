import type { Callback, CallbackData, CallbackHandlers, CallbackType } from "@tollgate/core";

/** A callback whose type and data are known to belong together. */
interface CallbackOf<T extends CallbackType> {
  readonly id: string;
  readonly type: T;
  readonly data: CallbackData[T];
}

/**
 * Runs the app's own function for a callback from the outbox. What it throws rises, so that the outbox
 * tries again later; the webhook that caused it was answered long ago.
 */
export async function runCallback(on: CallbackHandlers, callback: Callback): Promise<void> {
  await run(on, callback);
}

async function run<T extends CallbackType>(
  on: CallbackHandlers,
  { id, type, data }: CallbackOf<T>,
): Promise<void> {
  const handler: CallbackHandlers[T] | undefined = Object.hasOwn(on, type) ? on[type] : undefined;
  // Another instance, of another release, may have it: the outbox will ask again.
  if (handler === undefined) throw new Error(`This process has no callback for ${type}.`);
  await handler(data, { id });
}
