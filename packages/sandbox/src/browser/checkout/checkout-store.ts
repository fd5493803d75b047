import type { PaymentPage } from "../../engine/checkout/completing/payment-page.js";
import { IntegrationError } from "../dom/integration-error.js";
import type { Params } from "../element/method-panel.js";
import type { ApiClient, ApiError, ApiResult } from "../net/api-client.js";
import { type CheckoutDetails, type CheckoutSessionView, toCheckoutSession } from "./checkout-session.js";

/** One checkout session as a page sees it, and the page's own part of it. */
export interface CheckoutStore {
  /** Asks for the session; to be awaited before anything else. */
  load(): Promise<ApiError | undefined>;
  page(): PaymentPage;
  details(): CheckoutDetails;
  session(): CheckoutSessionView;
  /** Notes what the page sets, tells the sandbox, and gives the page the resulting session. */
  update(params: Params, details?: CheckoutDetails): Promise<ApiError | undefined>;
  confirm(params: Params): Promise<ApiError | undefined>;
  /** Gives the page the session as it is now, if it differs from the last one. */
  publish(): void;
  reload(): Promise<ApiError | undefined>;
}

interface StoreSetup {
  readonly api: ApiClient;
  readonly clientSecret: Promise<string>;
  readonly tag: () => string;
  readonly isPaymentReady: () => boolean;
  readonly onChange: (session: CheckoutSessionView) => void;
}

export function createCheckoutStore(setup: StoreSetup): CheckoutStore {
  const { api } = setup;
  let page: PaymentPage | undefined;
  let details: CheckoutDetails = {};
  let last = "";

  function need(): PaymentPage {
    if (page) return page;
    throw new IntegrationError("The checkout session is not loaded yet: await checkout.loadActions() first.");
  }
  function session(): CheckoutSessionView {
    const isPaymentReady = setup.isPaymentReady();
    return toCheckoutSession({ page: need(), details, isPaymentReady, tag: setup.tag() });
  }
  function publish(): void {
    if (!page) return;
    const next = session();
    const text = JSON.stringify(next);
    if (text === last) return;
    last = text;
    setup.onChange(next);
  }
  async function send(path: string, params: Params, method: "get" | "post" = "post") {
    const clientSecret = await setup.clientSecret;
    const result: ApiResult = await api[method](`/v1/payment_pages/${idOf(clientSecret)}${path}`, {
      ...params,
      client_secret: clientSecret,
    });
    if ("error" in result) return result.error;
    page = result.value as unknown as PaymentPage;
    publish();
    return undefined;
  }

  return {
    async load() {
      const error = await send("/init", {});
      if (error || need().ui_mode === "elements") return error;
      const message =
        "stripe.initCheckoutElementsSdk() needs a Checkout Session with ui_mode 'elements'; this one has " +
        `'${need().ui_mode}'.`;
      return { type: "invalid_request_error", message };
    },
    page: need,
    details: () => details,
    session,
    async update(params, next = {}) {
      const before = details;
      details = { ...details, ...next };
      const error = Object.keys(params).length > 0 ? await send("", params) : undefined;
      if (error) details = before;
      publish();
      return error;
    },
    confirm: (params) => send("/confirm", params),
    publish,
    reload: () => send("", {}, "get"),
  };
}

/** @throws {IntegrationError} when the text does not have the form `cs_test_…_secret_…`. */
function idOf(clientSecret: string): string {
  const id = /^(cs_test_\w+?)_secret_/.exec(clientSecret)?.[1];
  if (id) return id;
  throw new IntegrationError(
    "The client secret of a Checkout Session looks like cs_test_…_secret_…; this value does not.",
  );
}
