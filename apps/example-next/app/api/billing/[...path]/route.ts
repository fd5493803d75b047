import { toNextHandlers } from "@tollgate/server/next";
import { billing } from "../../../../billing/server";

export const { GET, POST } = toNextHandlers(billing);
