import { Button } from "../button/button.js";
import type { PlanMessages } from "./pricing-table-messages.js";

/** What did not arrive, and a way to try again. What was there before stays below it. */
export function LoadError({
  text,
  messages,
  isTrying,
  onRetry,
}: {
  readonly text: string;
  readonly messages: PlanMessages;
  readonly isTrying: boolean;
  readonly onRetry: () => void;
}) {
  return (
    <div data-tollgate-notice="danger" role="alert">
      <span>{text}</span>
      <Button variant="secondary" busy={isTrying} busyLabel={messages.loading} onClick={onRetry}>
        {messages.retry}
      </Button>
    </div>
  );
}
