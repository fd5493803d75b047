import { errorStatus } from "@tollgate/core";
import { errorResponse } from "@tollgate/core/contract";
import { expect } from "vitest";
import { expectContract } from "../expect-contract.js";

/** What must not be read in an answer: secrets, stacks, paths, statements, and what databases and providers say. */
const telltale =
  /\b(?:sk|rk)_(?:live|test)_\w{6}|whsec_|hunter2|_secret_|node_modules|\bat \S+ \(|\.[jt]s:\d|\bSELECT\b|tollgate\.\w|syntax error|violates|No such |StripeInvalid|ECONN/;

/** What an app may answer, whatever it was asked. */
export async function expectWellBehaved(request: Request, response: Response): Promise<{ code: string }> {
  const text = await response.text();
  const { status, headers } = response;
  const what = `${request.method} ${request.url} answered ${status} ${text.slice(0, 400)}`;
  expect(headers.get("content-type"), what).toBe("application/json; charset=utf-8");
  expect(headers.get("x-content-type-options"), what).toBe("nosniff");
  expect(headers.get("content-security-policy"), what).toContain("default-src 'none'");
  expect(
    [...headers].some(([name]) => /^(access-control|server|x-powered-by)/.test(name)),
    what,
  ).toBe(false);
  // Only a route that sends people on does so, and to where its body says.
  expect(headers.has("location"), what).toBe(status === 303);
  if (request.method === "HEAD") {
    expect(text, what).toBe("");
    return { code: `head_${status}` };
  }
  const body: unknown = JSON.parse(text);
  expectContract(request, status, body);
  if (status === 303) expect(body, what).toEqual({ url: headers.get("location") });
  if (status === 200 || status === 303) return { code: "ok" };
  const { error } = errorResponse.parse(body);
  expect(errorStatus[error.code], what).toBe(status);
  expect(telltale.test(text), what).toBe(false);
  expect(text.length, what).toBeLessThan(2_000);
  return { code: error.code };
}
