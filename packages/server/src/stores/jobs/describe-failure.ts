import { redactText } from "@tollgate/core";

/** Only the name and the start of the message, secrets blanked: an error's other properties may hold anything. */
export function describeFailure(error: unknown): { readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: "Error", message: "Something that is no error was thrown." };
  return { name: redactText(error.name).slice(0, 100), message: redactText(error.message).slice(0, 500) };
}
