import { openPool } from "../postgres/databases.js";
import { openBetterAuth } from "../run/better-auth.js";
import type { Checker, CheckerSettings } from "./checker.js";

/** `subscription.list` of somebody who is signed in, in process, as a server asks it. */
export async function openBetterAuthCheck({ databaseUrl, population }: CheckerSettings) {
  const pool = openPool(databaseUrl);
  const auth = await openBetterAuth(pool, "whsec_bench");
  const body = { email: "ada@example.com", password: "a-password-of-the-bench", name: "Ada" };
  const { headers, response } = await auth.api.signUpEmail({ body, returnHeaders: true });
  const cookie = headers.getSetCookie().map((one) => one.split(";", 1)[0]);
  await pool.query(
    `INSERT INTO subscription (id, plan, "referenceId", status)
     SELECT 'row_' || n, 'pro', CASE n WHEN 1 THEN $2 ELSE 'user_' || n END, 'active'
     FROM generate_series(1, $1) AS n`,
    [population, response.user.id],
  );
  const asking = new Headers({ cookie: cookie.join("; ") });
  const list: Checker = async (count) => {
    for (let index = 0; index < count; index++) {
      const [found] = await auth.api.listActiveSubscriptions({ headers: asking });
      if (found?.plan !== "pro") throw new Error("better-auth does not list the subscription.");
    }
  };
  return { list };
}
