import { withdrawChange } from "../changes/withdraw-change.js";
import { defineHandler } from "./define-handler.js";

/** POST /subscription/undo-change: what waits is withdrawn. */
export const postUndoChange = defineHandler(
  "POST /subscription/undo-change",
  async ({ parts, open, identity, input }) => {
    const withdrawn = await withdrawChange(await open(), identity.id, input.planId);
    const access = await parts.access.refresh(identity);
    return { undone: withdrawn.length > 0, access: access.state };
  },
);
