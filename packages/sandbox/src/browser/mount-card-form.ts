import { type Appearance, appearanceCss } from "./appearance.js";
import { type CardForm, createCardForm } from "./card-form.js";
import { adoptCss, createNode } from "./create-node.js";
import { paymentElementCss } from "./payment-element-css.js";
import type { PaymentElementOptions } from "./payment-element-options.js";
import { watchFocus } from "./watch-focus.js";

/** A card form that stands in the page, behind a shadow root that keeps the page's styles out. */
export interface MountedForm {
  readonly host: HTMLElement;
  readonly form: CardForm;
  setAppearance(appearance: Appearance | undefined): void;
}

interface MountOptions {
  readonly options: PaymentElementOptions;
  readonly appearance: Appearance | undefined;
  readonly onInput: () => void;
  readonly onFocusEvent: (type: "focus" | "blur" | "escape") => void;
}

/** Puts a fresh form into `parent`, in place of what was there. */
export function mountCardForm(parent: HTMLElement, mount: MountOptions): MountedForm {
  const host = createNode("div", { class: "__PrivateStripeElement" });
  const root = host.attachShadow({ mode: "open" });
  const form = createCardForm(mount.options, mount.onInput);
  const [, sheet] = adoptCss(root, paymentElementCss, appearanceCss(mount.appearance));
  const setAppearance = (appearance: Appearance | undefined): void => {
    sheet?.replaceSync(appearanceCss(appearance));
    form.node.classList.toggle("Form--condensed", appearance?.inputs === "condensed");
  };
  setAppearance(mount.appearance);
  root.append(form.node);
  watchFocus(host, root, mount.onFocusEvent);
  parent.replaceChildren(host);
  return { host, form, setAppearance };
}
