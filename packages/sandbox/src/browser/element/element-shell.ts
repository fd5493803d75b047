import { adoptCss, createNode } from "../dom/create-node.js";
import { createEventEmitter, type EventEmitter } from "../dom/event-emitter.js";
import { findMountTarget } from "../dom/find-mount-target.js";
import { IntegrationError } from "../dom/integration-error.js";
import { watchFocus } from "../dom/watch-focus.js";
import { type Appearance, appearanceClasses, appearanceCss } from "../look/appearance.js";
import { elementCss } from "../look/element-css.js";
import type { ApiError } from "../net/api-client.js";

type Handler = (event: unknown) => void;

/** What every element of Stripe.js can do. */
export interface StripeElement {
  mount(target: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
  on(type: string, handler: Handler): StripeElement;
  once(type: string, handler: Handler): StripeElement;
  off(type: string, handler?: Handler): StripeElement;
  focus(): void;
  blur(): void;
  clear(): void;
}

/** What is in the page while an element is mounted. */
export interface ElementView {
  readonly node: HTMLElement;
  focus(): void;
  clear(): void;
}

interface ShellSetup<View extends ElementView> {
  /** The element's name in its events. */
  readonly type: string;
  readonly appearance: Appearance | undefined;
  readonly createView: () => View;
  /**
   * Resolves to why the element can't be used, if it can't, or to what its `ready` event says besides its
   * name.
   */
  readonly load: (view: View) => Promise<{ error: ApiError } | Readonly<Record<string, unknown>>>;
  readonly onUnmount?: () => void;
  readonly onDestroy: () => void;
}

/** An element's life: what is the same for a payment, an address and a wallet button. */
export interface ElementShell<View extends ElementView> {
  readonly element: StripeElement;
  readonly events: EventEmitter;
  view(): View | undefined;
  /** Draws the element again in place; what was typed is gone. */
  redraw(): void;
  setAppearance(appearance: Appearance | undefined): void;
}

interface Mounted<View> {
  readonly host: HTMLElement;
  readonly view: View;
  dress(appearance: Appearance | undefined): void;
}

/** Mounts behind a shadow root, which keeps the page's styles out and the customer's typing to itself. */
export function createElementShell<View extends ElementView>(setup: ShellSetup<View>): ElementShell<View> {
  const events = createEventEmitter();
  const { type } = setup;
  let appearance = setup.appearance;
  let mounted: Mounted<View> | undefined;
  let destroyed = false;

  function assertAlive(): void {
    if (destroyed) throw new IntegrationError("This Element has been destroyed. Please create a new one.");
  }

  function draw(parent: HTMLElement): void {
    const view = setup.createView();
    const next = { ...mountView(view, events, type), view };
    next.dress(appearance);
    mounted = next;
    parent.replaceChildren(next.host);
    events.emit("loaderstart", { elementType: type });
    void load(next);
  }

  async function load(current: Mounted<View>): Promise<void> {
    const result = await setup.load(current.view);
    // React attaches its listeners after mounting, so no event may be sent within the mounting task.
    await new Promise((resolve) => setTimeout(resolve, 0));
    // The page may have unmounted it meanwhile, as StrictMode does at once.
    if (mounted !== current) return;
    const failed = "error" in result;
    events.emit(failed ? "loaderror" : "ready", { elementType: type, ...result });
  }

  function unmount(): void {
    if (!mounted) return;
    mounted.host.remove();
    mounted = undefined;
    setup.onUnmount?.();
  }

  const element: StripeElement = {
    mount(target) {
      assertAlive();
      const parent = findMountTarget(target);
      if (mounted?.host.parentElement === parent) return;
      unmount();
      draw(parent);
    },
    unmount,
    destroy() {
      assertAlive();
      unmount();
      destroyed = true;
      events.clear();
      setup.onDestroy();
    },
    on(name, handler) {
      events.on(name, handler);
      return element;
    },
    once(name, handler) {
      events.once(name, handler);
      return element;
    },
    off(name, handler) {
      events.off(name, handler);
      return element;
    },
    focus: () => mounted?.view.focus(),
    blur: () => {
      const active = mounted?.host.shadowRoot?.activeElement;
      if (active instanceof HTMLElement) active.blur();
    },
    clear: () => mounted?.view.clear(),
  };

  return {
    element,
    events,
    view: () => mounted?.view,
    redraw() {
      const parent = mounted?.host.parentElement;
      if (parent) draw(parent);
    },
    setAppearance(next) {
      appearance = next;
      mounted?.dress(next);
    },
  };
}

function mountView(view: ElementView, events: EventEmitter, type: string) {
  const host = createNode("div", { class: "__PrivateStripeElement" });
  const root = host.attachShadow({ mode: "open" });
  const [, sheet] = adoptCss(root, elementCss, "");
  root.append(view.node);
  watchFocus(host, root, (name) => events.emit(name, { elementType: type }));
  return {
    host,
    dress(appearance: Appearance | undefined): void {
      sheet?.replaceSync(appearanceCss(appearance));
      for (const [name, worn] of Object.entries(appearanceClasses(appearance)))
        view.node.classList.toggle(name, worn);
    },
  };
}
