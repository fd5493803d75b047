import { Elements, PaymentElement, type PaymentElementProps, useElements } from "@stripe/react-stripe-js";
import type { Stripe, StripeElements, StripeElementsOptions } from "@stripe/stripe-js";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { onTestFinished } from "vitest";

type Mounted = {
  container: HTMLElement;
  /** The group that the page would confirm with. */
  elements: () => StripeElements;
  rerender: (options: StripeElementsOptions) => void;
  unmount: () => void;
};

const Capture = ({ onElements }: { onElements: (elements: StripeElements | null) => void }) => {
  const elements = useElements();
  useEffect(() => onElements(elements), [elements, onElements]);
  return null;
};

/** A page as our users write it: the real react-stripe-js under StrictMode. */
export const mountPaymentElement = (
  stripe: Stripe | Promise<Stripe>,
  options: StripeElementsOptions,
  props: PaymentElementProps = {},
): Mounted => {
  const container = document.body.appendChild(document.createElement("main"));
  const root = createRoot(container);
  let current: StripeElements | null = null;
  const capture = (elements: StripeElements | null) => {
    current = elements;
  };
  const render = (given: StripeElementsOptions) =>
    root.render(
      <StrictMode>
        <Elements stripe={stripe} options={given}>
          <Capture onElements={capture} />
          <PaymentElement {...props} />
        </Elements>
      </StrictMode>,
    );
  const unmount = () => {
    root.unmount();
    container.remove();
  };
  render(options);
  onTestFinished(unmount);
  return {
    container,
    rerender: render,
    unmount,
    elements: () => {
      if (current === null) throw new Error("The elements are not there yet.");
      return current;
    },
  };
};
