/// <reference types="@vitest/browser-playwright" />
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { BillingError } from "@tollgate/core";
import { createSandbox } from "@tollgate/sandbox";
import { createStripe, installStripe } from "@tollgate/sandbox/browser";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cdp, page, userEvent } from "vitest/browser";
import "../styles.css";
import { BillingProvider } from "../kit/billing-provider.js";
import { PaymentForm } from "./payment-form.js";
import type { PaymentFormProps } from "./payment-form-props.js";

const summary = { lines: [{ label: "Pro", amount: 2900 }], currency: "usd", dueNow: 2900 } as const;
const sandbox = createSandbox();
const requests: Request[] = [];
/** What a confirmation waits for. */
let bank = Promise.resolve();
const stripe = createStripe(sandbox.publishableKey, {
  apiBase: sandbox.url,
  fetch: async (request) => {
    requests.push(request);
    await bank;
    return sandbox.fetch(request);
  },
});
const confirmations = () => requests.filter(({ url }) => url.endsWith("/confirm"));

async function createPayment(): Promise<string> {
  const headers = { authorization: `Bearer ${sandbox.secretKey}` };
  const body = new URLSearchParams({ amount: "2900", currency: "usd" });
  const request = new Request(`${sandbox.url}/v1/payment_intents`, { method: "POST", headers, body });
  return (await (await sandbox.fetch(request)).json()).client_secret;
}

async function setUp(props: Partial<PaymentFormProps> = {}) {
  const clientSecret = await createPayment();
  const onPaid = vi.fn();
  const form = (changes: Partial<PaymentFormProps> = {}) => (
    <PaymentForm {...{ stripe, clientSecret, summary, onPaid, ...props, ...changes }} />
  );
  const view = render(form());
  await waitFor(() => expect(payButton().getAttribute("aria-busy")).toBeNull());
  return {
    clientSecret,
    onPaid,
    ...view,
    show: (changes: Partial<PaymentFormProps>) => view.rerender(form(changes)),
  };
}

const payButton = () => screen.getByRole("button", { name: "Pay $29" });
const cardForm = () => {
  const host = document.querySelector(".__PrivateStripeElement");
  if (!host?.shadowRoot) throw new Error("no card form");
  return host;
};

beforeEach(() => {
  requests.length = 0;
});
afterEach(() => {
  cleanup();
  for (const name of ["data-theme", "style"]) document.documentElement.removeAttribute(name);
});

describe("PaymentForm", () => {
  it("confirms once, however often the button is pressed", async () => {
    const { onPaid } = await setUp();
    await page.getByRole("button", { name: "Succeeds" }).click();
    const button = payButton();
    button.click();
    button.click();
    button.closest("form")?.requestSubmit();
    await screen.findByText("Payment received");
    expect(confirmations()).toHaveLength(1);
    expect(onPaid).toHaveBeenCalledExactlyOnceWith({ kind: "payment", id: expect.stringMatching(/^pi_/) });
  });

  it("says on its root where the payment stands", async () => {
    const { container } = await setUp();
    const root = container.querySelector('[data-tollgate="payment-form"]');
    const expectState = (state: string) =>
      waitFor(() => expect(root?.getAttribute("data-state")).toBe(state));
    await expectState("ready");
    await page.getByRole("button", { name: "Declined" }).click();
    payButton().click();
    await expectState("declined");
    await page.getByRole("button", { name: "Succeeds" }).click();
    payButton().click();
    await expectState("paid");
  });

  it("pays with the Enter key from the card's own button", async () => {
    await setUp();
    await page.getByRole("button", { name: "Succeeds" }).click();
    payButton().focus();
    await userEvent.keyboard("{Enter}");
    await screen.findByText("Payment received");
  });

  it("says that it is paid when an earlier attempt went through after all", async () => {
    const { clientSecret, unmount } = await setUp();
    await page.getByRole("button", { name: "Succeeds" }).click();
    payButton().click();
    await screen.findByText("Payment received");
    unmount();
    const onPaid = vi.fn();
    render(<PaymentForm {...{ stripe, clientSecret, summary, onPaid }} />);
    await waitFor(() => expect(payButton().getAttribute("aria-busy")).toBeNull());
    await page.getByRole("button", { name: "Succeeds" }).click();
    payButton().click();
    await screen.findByText("Payment received");
    expect(onPaid).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(screen.queryByText("Due today")).toBeNull());
  });

  it("tells the app that it is paid even if the form has left the page, once and by its latest function", async () => {
    const first = vi.fn();
    const { onPaid, show, unmount } = await setUp({ onPaid: first });
    show({ onPaid });
    await page.getByRole("button", { name: "Succeeds" }).click();
    let answer = () => undefined as unknown;
    bank = new Promise((resolve) => {
      answer = () => resolve();
    });
    payButton().click();
    await waitFor(() => expect(confirmations()).toHaveLength(1));
    unmount();
    answer();
    await waitFor(() =>
      expect(onPaid).toHaveBeenCalledExactlyOnceWith({ kind: "payment", id: expect.any(String) }),
    );
    expect(first).not.toHaveBeenCalled();
  });

  it("shows that it is paid though the app's own function fails, and reports that", async () => {
    const reported = vi.fn((event: ErrorEvent) => event.preventDefault());
    window.addEventListener("error", reported);
    await setUp({
      onPaid: () => {
        throw new Error("the app's own");
      },
    });
    await page.getByRole("button", { name: "Succeeds" }).click();
    payButton().click();
    await screen.findByText("Payment received");
    expect(reported.mock.calls[0]?.[0].message).toContain("the app's own");
    window.removeEventListener("error", reported);
  });

  it.each([undefined, "", "undefined", "YOUR_KEY"])(
    "says in words that there is no publishable key when it is %o, and keeps the page",
    async (key) => {
      const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
      render(
        <BillingProvider {...(key !== undefined && { stripePublishableKey: key })}>
          <h1>Checkout</h1>
          <PaymentForm clientSecret="pi_1_secret_2" summary={summary} />
        </BillingProvider>,
      );
      expect(screen.getByRole("alert").textContent).toMatch(/not set up/);
      expect(screen.getByRole("heading", { name: "Checkout" })).toBeTruthy();
      expect(screen.queryByRole("button")).toBeNull();
      await waitFor(() => expect(said).toHaveBeenCalledOnce());
      expect(said.mock.calls[0]?.[0]).toMatch(/`stripePublishableKey`.*pk_.*VITE_STRIPE_PUBLISHABLE_KEY/);
      said.mockRestore();
    },
  );

  it("starts over with another client secret", async () => {
    const { show } = await setUp();
    await page.getByRole("button", { name: "Declined" }).click();
    payButton().click();
    await screen.findByRole("alert");
    show({ clientSecret: await createPayment() });
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("keeps what was typed when its page renders again with a new promise of Stripe.js", async () => {
    const { show } = await setUp({ stripe: Promise.resolve(stripe) });
    await page.getByRole("button", { name: "Succeeds" }).click();
    const form = cardForm();
    for (let draw = 0; draw < 3; draw++) {
      // As `stripe={loadStripe(key)}` does: another promise, and another Stripe in it.
      show({ stripe: Promise.resolve(createStripe(sandbox.publishableKey, { apiBase: sandbox.url })) });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(cardForm()).toBe(form);
    payButton().click();
    await screen.findByText("Payment received");
    expect(confirmations()).toHaveLength(1);
  });

  it("takes the Stripe that comes with another client secret", async () => {
    const { show } = await setUp({ stripe: Promise.resolve(stripe) });
    const asked: string[] = [];
    const other = createStripe(sandbox.publishableKey, {
      apiBase: sandbox.url,
      fetch: (request) => {
        asked.push(new URL(request.url).pathname);
        return sandbox.fetch(request);
      },
    });
    show({ clientSecret: await createPayment(), stripe: Promise.resolve(other) });
    await waitFor(() => expect(payButton().getAttribute("aria-busy")).toBeNull());
    await page.getByRole("button", { name: "Succeeds" }).click();
    payButton().click();
    await screen.findByText("Payment received");
    expect(asked).toContainEqual(expect.stringMatching(/\/confirm$/));
  });

  it("moves the focus to the card when the bank refused it", async () => {
    await setUp();
    await page.getByRole("button", { name: "Insufficient funds" }).click();
    payButton().click();
    await screen.findByRole("alert");
    await waitFor(() => expect(document.activeElement).toBe(cardForm()));
  });

  it('keeps the focus when "Try again" worked and is gone', async () => {
    let asked = 0;
    const blockedOnce = {
      // biome-ignore lint/suspicious/noThenProperty: the form awaits it anew at each attempt, as it would a script
      then: (resolve: (value: typeof stripe) => unknown, reject: (cause: unknown) => unknown) =>
        asked++ === 0 ? reject(new Error("blocked")) : resolve(stripe),
    } as PromiseLike<typeof stripe>;
    render(<PaymentForm {...{ stripe: blockedOnce, clientSecret: await createPayment(), summary }} />);
    const retry = await screen.findByRole("button", { name: "Try again" });
    retry.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(payButton().getAttribute("aria-busy")).toBeNull());
    expect(document.querySelector('[data-tollgate="payment-form"]')).toBe(document.activeElement);
  });

  describe("dresses Stripe's fields in the page's tokens", () => {
    const root = document.documentElement;
    const emulate = (scheme: string) =>
      cdp().send("Emulation.setEmulatedMedia", {
        features: [{ name: "prefers-color-scheme", value: scheme }],
      });
    const paper = () => {
      const input = cardForm().shadowRoot?.querySelector(".Input");
      return input ? getComputedStyle(input).backgroundColor : "";
    };
    afterEach(() => emulate(""));

    it("and stays light in a dark system when the page says nothing", async () => {
      await emulate("dark");
      await setUp();
      expect(paper()).toBe("rgb(255, 255, 255)");
    });

    it.each<[how: string, say: () => void, unsay: () => void]>([
      ["data-theme", () => root.setAttribute("data-theme", "dark"), () => root.removeAttribute("data-theme")],
      [
        "its style",
        () => root.style.setProperty("color-scheme", "dark"),
        () => root.removeAttribute("style"),
      ],
      [
        "a stylesheet",
        () =>
          document.head.insertAdjacentHTML(
            "beforeend",
            "<style id='dark'>:root { color-scheme: dark }</style>",
          ),
        () => document.getElementById("dark")?.remove(),
      ],
    ])("and follows %s", async (_, say, unsay) => {
      await setUp();
      expect(paper()).toBe("rgb(255, 255, 255)");
      say();
      await waitFor(() => expect(paper()).not.toBe("rgb(255, 255, 255)"));
      unsay();
      await waitFor(() => expect(paper()).toBe("rgb(255, 255, 255)"));
      expect(payButton()).toBeTruthy();
    });
  });

  it("says nothing to the console, and keeps the card out of the page", async () => {
    const said = (["log", "info", "warn", "error", "debug"] as const).map((level) =>
      vi.spyOn(console, level),
    );
    const { container } = await setUp();
    await page.getByRole("button", { name: "Declined" }).click();
    payButton().click();
    await screen.findByRole("alert");
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
    expect(container.innerHTML).not.toContain("4000");
    for (const spy of said) spy.mockRestore();
  });

  it("pays by key alone where a stand-in for Stripe.js is in the page, and fetches no script", async () => {
    installStripe(window, { apiBase: sandbox.url, fetch: sandbox.fetch });
    const { onPaid } = await setUp({ stripe: undefined, publishableKey: sandbox.publishableKey });
    await page.getByRole("button", { name: "Succeeds" }).click();
    payButton().click();
    await waitFor(() => expect(onPaid).toHaveBeenCalledOnce());
    expect(document.querySelector('script[src*="stripe.com"]')).toBeNull();
    Reflect.deleteProperty(window, "Stripe");
  });

  it("refuses a secret key without repeating it", () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const key = "sk_live_abcdefghijklmnop";
    const draw = () =>
      renderToString(<PaymentForm publishableKey={key} clientSecret="pi_1_secret_2" summary={summary} />);
    expect(draw).toThrow(BillingError);
    expect(draw).toThrow(expect.objectContaining({ code: "secret_key_in_browser" }));
    expect(draw).not.toThrow(key);
    quiet.mockRestore();
  });

  it("refuses a client secret that is neither a payment's nor a card's", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(() =>
      renderToString(<PaymentForm stripe={stripe} clientSecret="cs_test_1" summary={summary} />),
    ).toThrow(expect.objectContaining({ code: "invalid_options" }));
    quiet.mockRestore();
  });

  it("renders summary and skeleton on the server", () => {
    const html = renderToString(
      <PaymentForm publishableKey="pk_test_1" clientSecret="pi_1_secret_2" summary={summary} />,
    );
    expect(html).toContain("Due today");
    expect(html).toContain('data-state="loading"');
  });
});
