import { type FailureNote, redactText } from "@tollgate/core";

/** Only the name and the start of the message, secrets blanked: an error's other properties may hold anything. */
export function describeFailure(error: unknown): FailureNote {
  if (!(error instanceof Error)) return { name: "Error", message: "Something that is no error was thrown." };
  return { name: toStart(error.name, 100), message: toStart(error.message, 500) };
}

/** No database stores NUL or half a character, and an app's message may have the one and be cut in the other. */
function toStart(text: string, length: number): string {
  const start = redactText(text).slice(0, length).replaceAll("\0", "");
  return new TextDecoder().decode(new TextEncoder().encode(start));
}
