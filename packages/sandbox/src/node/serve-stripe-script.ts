import type { Handler } from "../doors/handler.js";

/** Where `@stripe/stripe-js` and pages with an older tag expect the script on Stripe's own host. */
const paths = new Set(["/endive/stripe.js", "/v3/stripe.js", "/v3/", "/v3"]);

/** Beside the built package, and in it when the package runs from its sources. */
const places = [new URL("./stripe.js", import.meta.url), new URL("../../dist/stripe.js", import.meta.url)];

/** Serves the Stripe.js stand-in as a classic script, and passes everything else on. */
export const serveStripeScript =
  (next: Handler): Handler =>
  async (request) => {
    if (request.method !== "GET" || !paths.has(new URL(request.url).pathname)) return next(request);
    const script = await readScript();
    if (script === undefined) {
      return new Response("The Stripe.js stand-in is not built: run `pnpm build`.", { status: 404 });
    }
    const headers = {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
      // A page may ask for scripts with CORS or under a cross-origin policy of its own.
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
    };
    return new Response(script, { headers });
  };

const readScript = async (): Promise<string | undefined> => {
  // Loaded when needed, so that a page which imports `createSandbox` from the same entry never meets it.
  const { readFile } = await import("node:fs/promises");
  for (const place of places) {
    try {
      return await readFile(place, "utf8");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
  return undefined;
};
