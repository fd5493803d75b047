import { withTollgate } from "@tollgate/server/next";
import type { NextConfig } from "next";

// The billing routes bring stricter headers of their own; the policy for scripts is in proxy.ts.
const securityHeaders = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

const config: NextConfig = {
  poweredByHeader: false,
  headers: async () => [
    {
      source: "/((?!api/billing/).*)",
      headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
    },
  ],
};

export default withTollgate(config);
