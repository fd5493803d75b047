import { Elements, useElements } from "@stripe/react-stripe-js";
import type { Stripe, StripeElements, StripeElementsOptions } from "@stripe/stripe-js";
import { type ReactNode, StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { onTestFinished, vi } from "vitest";

const Capture = ({ onElements }: { onElements: (elements: StripeElements | null) => void }) => {
  const elements = useElements();
  useEffect(() => onElements(elements), [elements, onElements]);
  return null;
};

/** Any elements in a page of the real react-stripe-js under StrictMode; resolves once the group is there. */
export const mountElements = async (
  stripe: Stripe,
  options: StripeElementsOptions,
  children: ReactNode,
): Promise<{ container: HTMLElement; elements: StripeElements }> => {
  const container = document.body.appendChild(document.createElement("main"));
  const root = createRoot(container);
  let current: StripeElements | null = null;
  const capture = (elements: StripeElements | null) => {
    current = elements;
  };
  root.render(
    <StrictMode>
      <Elements stripe={stripe} options={options}>
        <Capture onElements={capture} />
        {children}
      </Elements>
    </StrictMode>,
  );
  onTestFinished(() => {
    root.unmount();
    container.remove();
  });
  const elements = await vi.waitFor(() => {
    if (current === null) throw new Error("The elements are not there yet.");
    return current;
  });
  return { container, elements };
};

/** What the app's server asks the sandbox, with the secret key. */
export const askAsServer = async <T,>(
  sandbox: { fetch(request: Request): Promise<Response>; url: string; secretKey: string },
  path: string,
  params?: Record<string, string>,
): Promise<T> => {
  const request = new Request(`${sandbox.url}${path}`, {
    headers: { authorization: `Bearer ${sandbox.secretKey}` },
    ...(params ? { method: "POST", body: new URLSearchParams(params) } : {}),
  });
  return (await (await sandbox.fetch(request)).json()) as T;
};
