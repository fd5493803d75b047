import qs from "qs";
import { invalidRequest } from "../engine/stripe-error.js";

const parse = (form: string): Record<string, unknown> =>
  qs.parse(form, {
    depth: 12,
    arrayLimit: 1000,
    parameterLimit: 5000,
    ignoreQueryPrefix: true,
    duplicates: "last",
  });

/** A request's parameters, from its query and its form body, and the bytes that tell two requests apart. */
export const readRequest = async (
  request: Request,
): Promise<{ given: Record<string, unknown>; fingerprint: string }> => {
  const url = new URL(request.url);
  const body = request.method === "GET" ? "" : await request.text();
  const type = request.headers.get("content-type") ?? "";
  if (body !== "" && !type.startsWith("application/x-www-form-urlencoded"))
    throw invalidRequest(
      "Invalid request (check that your POST content type is application/x-www-form-urlencoded). " +
        "If you have questions, we can help at https://support.stripe.com/.",
    );
  return {
    given: { ...parse(url.search), ...parse(body) },
    fingerprint: `${request.method} ${url.pathname}${url.search}\n${body}`,
  };
};
