import { describe, expect, it } from "vitest";
import { createBillingClient } from "../client/billing-client.js";
import { createSession } from "./create-session.js";

/** The access of a session whose server answers this. */
async function accessAfter(body: object, status: number) {
  const fetch = async () => Response.json(body, { status });
  const client = createBillingClient({ endpoint: "/api/billing", fetch });
  const nobodySaid = {
    catalog: undefined,
    initialAccess: null,
    initialPlans: undefined,
    customerId: undefined,
    returnedFrom: null,
  };
  const { access } = createSession({ client, ...nobodySaid });
  await access.refresh();
  return access.getSnapshot();
}

describe("a session", () => {
  it.each(["unauthenticated", "session_ended_by_a_newer_server"])(
    "is nobody's when the server says 401 %s",
    async (code) => {
      const { status, value } = await accessAfter({ error: { code, message: "?" } }, 401);
      expect([status, value?.customerId]).toEqual(["ready", null]);
    },
  );

  it("has failed when the server refuses in another way", async () => {
    const { status, error } = await accessAfter({ error: { code: "forbidden", message: "?" } }, 403);
    expect([status, error?.code]).toEqual(["failed", "forbidden"]);
  });
});
