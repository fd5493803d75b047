import { settleChange } from "../changes/settle-change.js";
import { defineHandler } from "./define-handler.js";

/** POST /subscription/change: makes the change for what was previewed, and answers with the access that follows. */
export const postSubscriptionChange = defineHandler(
  "POST /subscription/change",
  async ({ parts, open, identity, input }) => {
    const settled = await settleChange(await open(), identity.id, input);
    const access = await parts.access.refresh(identity);
    return { ...settled, access: access.state };
  },
);
