import type { ProviderChanges } from "@tollgate/core";
import { changeNow } from "./change-now.js";
import type { ChangeTools } from "./change-terms.js";
import { previewChange } from "./preview-change.js";
import { scheduleChange } from "./schedule-change.js";
import { undoChange } from "./undo-change.js";

/** What Stripe can do about changing a subscription. */
export function createChanges(tools: ChangeTools): ProviderChanges {
  return {
    times: ["now", "next_invoice", "period_end"],
    preview: (change, catalog) => previewChange(tools, change, catalog),
    changeNow: (change, catalog) => changeNow(tools, change, catalog),
    schedule: (change, catalog) => scheduleChange(tools, change, catalog),
    undo: (input) => undoChange(tools, input),
  };
}
