import { BillingError } from "@tollgate/core";
import { describe, expect, it } from "vitest";
import { refuseSecretKeys } from "./refuse-secret-keys.js";

describe("refuseSecretKeys", () => {
  it.each([
    { stripePublishableKey: "sk_live_abc" },
    { stripePublishableKey: "sk_anything" },
    { stripePublishableKey: "rk_live_abc" },
    { stripePublishableKey: "whsec_abc" },
    { stripePublishableKey: ' "sk_live_abc"' },
    { endpoint: "sk_test_abc" },
    { customerId: "whsec_abc" },
    { somethingElse: "rk_test_abc" },
  ])("stops the page for %o, without repeating the key", (props) => {
    const [name, key] = Object.entries(props)[0] ?? ["", ""];
    const refused = () => refuseSecretKeys(props);
    expect(refused).toThrow(BillingError);
    try {
      refused();
    } catch (error) {
      expect(error).toMatchObject({ code: "secret_key_in_browser", details: { prop: name } });
      expect(String(error)).not.toContain(key);
    }
  });

  it("lets publishable keys and the app's own ids pass", () => {
    refuseSecretKeys({ stripePublishableKey: "pk_test_abc", customerId: "sk_bratislava", endpoint: "/api" });
    refuseSecretKeys({ stripePublishableKey: undefined, customerId: null });
  });

  it.each(["", " ", "undefined", "YOUR_PUBLISHABLE_KEY", "price_1"])(
    "does not take %o for a secret: a missing key is another mistake",
    (stripePublishableKey) => refuseSecretKeys({ stripePublishableKey }),
  );
});
