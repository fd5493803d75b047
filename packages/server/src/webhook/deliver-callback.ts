import type { Callback, CallbackData, CallbackHandlers, CallbackType } from "@tollgate/core";
import { describeError, type Logger } from "../logger.js";

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
export async function deliverCallback(
  on: CallbackHandlers,
  logger: Logger,
  callback: Callback,
): Promise<void> {
  try {
    await run(on, callback);
  } catch (error) {
    const fields = { callbackId: callback.id, type: callback.type, error: describeError(error) };
    logger.error(fields, `The callback for ${callback.type} failed; it will be tried again`);
    throw error;
  }
}

async function run<T extends CallbackType>(
  on: CallbackHandlers,
  { id, type, data }: CallbackOf<T>,
): Promise<void> {
  const handler: CallbackHandlers[T] = on[type];
  // Another instance, of another release, may have it: the outbox will ask again.
  if (handler === undefined) throw new Error(`This process has no callback for ${type}.`);
  await handler(data, { id });
}
