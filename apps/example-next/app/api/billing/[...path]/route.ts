import { toNextHandlers } from "@tollgate/server/next";
import { billing } from "../../../../billing/server";

export const { DELETE, GET, POST } = toNextHandlers(billing);
