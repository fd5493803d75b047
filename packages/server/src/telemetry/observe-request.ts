import type { Telemetry } from "./telemetry.js";

/** Reports how long a route took and how it answered; `work` answers refusals too, and never throws. */
export function observeRequest(
  telemetry: Telemetry,
  { method, route }: { readonly method: string; readonly route: string },
  work: () => Promise<Response>,
): Promise<Response> {
  const begun = performance.now();
  const attributes = { "http.request.method": method, "http.route": route };
  return telemetry.trace(`tollgate ${method} ${route}`, attributes, async (span) => {
    const response = await work();
    const answered = { ...attributes, "http.response.status_code": response.status };
    span.set(answered);
    telemetry.measure("tollgate.request.duration", (performance.now() - begun) / 1000, answered);
    return response;
  });
}
