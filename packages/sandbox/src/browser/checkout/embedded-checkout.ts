import { createNode } from "../dom/create-node.js";
import { findMountTarget } from "../dom/find-mount-target.js";
import { IntegrationError } from "../dom/integration-error.js";
import type { Language } from "../words/words-for.js";
import type { EmbeddedMessage } from "./embedded-message.js";

/** The options of `stripe.createEmbeddedCheckoutPage()` that the stand-in acts on. */
export interface EmbeddedCheckoutOptions {
  readonly clientSecret?: string;
  readonly fetchClientSecret?: () => Promise<string>;
  readonly onComplete?: () => void;
  readonly [ignored: string]: unknown;
}

/** Stripe's `StripeEmbeddedCheckout`. */
export interface EmbeddedCheckout {
  mount(location: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
}

interface EmbeddedRoom {
  readonly apiBase: string;
  readonly navigate: (url: string) => void;
  readonly language: Language;
}

// Stripe.js lets a page have one at a time. https://docs.stripe.com/js/embedded_checkout/init
let current: object | undefined;

/**
 * The sandbox's checkout page in a frame, for sessions with `ui_mode: "embedded_page"`.
 * @throws {IntegrationError} without a client secret, or while another embedded checkout is alive.
 */
export async function createEmbeddedCheckout(
  room: EmbeddedRoom,
  options: EmbeddedCheckoutOptions,
): Promise<EmbeddedCheckout> {
  if (current) throw new IntegrationError("You cannot have multiple Embedded Checkout objects.");
  const mark = {};
  current = mark;
  try {
    return embed(room, options, await findClientSecret(options), () => {
      if (current === mark) current = undefined;
    });
  } catch (cause) {
    current = undefined;
    throw cause;
  }
}

async function findClientSecret(options: EmbeddedCheckoutOptions): Promise<string> {
  const secret = options.clientSecret ?? (await options.fetchClientSecret?.());
  if (typeof secret === "string" && /^cs_\w+_secret_/.test(secret)) return secret;
  throw new IntegrationError(
    "stripe.createEmbeddedCheckoutPage() needs `clientSecret` or `fetchClientSecret`: a Checkout Session's " +
      "client secret, which looks like cs_test_…_secret_….",
  );
}

function embed(
  room: EmbeddedRoom,
  options: EmbeddedCheckoutOptions,
  clientSecret: string,
  onDestroy: () => void,
): EmbeddedCheckout {
  const url = new URL(`/embedded-checkout/${clientSecret}`, room.apiBase);
  let frame: HTMLIFrameElement | undefined;
  let completed = false;
  let destroyed = false;

  function listen(event: MessageEvent<unknown>): void {
    if (!frame || event.source !== frame.contentWindow || event.origin !== url.origin) return;
    const { data } = event;
    if (!isMessage(data)) return;
    if (data.type === "height") frame.style.height = `${data.height}px`;
    if (data.type !== "complete" || completed) return;
    completed = true;
    if (data.returnUrl === null) options.onComplete?.();
    else room.navigate(data.returnUrl);
  }

  function unmount(): void {
    removeEventListener("message", listen);
    frame?.remove();
    frame = undefined;
  }

  function assertAlive(): void {
    if (destroyed) throw new IntegrationError("This Embedded Checkout has been destroyed. Create a new one.");
  }

  return {
    mount(location) {
      assertAlive();
      const parent = findMountTarget(location);
      unmount();
      frame = createNode("iframe", {
        src: url.href,
        title: room.language.words.checkout.frame,
        name: "embedded-checkout",
        allow: "payment",
      });
      Object.assign(frame.style, { border: "0", width: "100%", height: "640px", display: "block" });
      addEventListener("message", listen);
      parent.replaceChildren(frame);
    },
    unmount() {
      assertAlive();
      unmount();
    },
    destroy() {
      assertAlive();
      unmount();
      destroyed = true;
      onDestroy();
    },
  };
}

function isMessage(data: unknown): data is EmbeddedMessage {
  return typeof data === "object" && data !== null && "source" in data && data.source === "tollgate-checkout";
}
