import { userEvent, waitFor, within } from "storybook/test";

/** The submit button, once the card form is ready for it. */
export async function findButton(canvasElement: HTMLElement, name: string): Promise<HTMLElement> {
  return waitFor(
    () => {
      const button = within(canvasElement).getByRole("button", { name });
      if (button.getAttribute("aria-busy") === "true") throw new Error("The card form is still loading.");
      return button;
    },
    { timeout: 10_000 },
  );
}

/** Presses one of the stand-in's test cards, which fills all fields. */
export async function fillCard(canvasElement: HTMLElement, card: string): Promise<void> {
  const root = canvasElement.querySelector(".__PrivateStripeElement")?.shadowRoot;
  if (!root) throw new Error("The card form is not there.");
  // Testing Library asks for an element, and a shadow root answers the same questions.
  await userEvent.click(within(root as unknown as HTMLElement).getByRole("button", { name: card }));
}

export async function payWith(canvasElement: HTMLElement, card: string, name = "Pay $29"): Promise<void> {
  const button = await findButton(canvasElement, name);
  await fillCard(canvasElement, card);
  await userEvent.click(button);
}

/** Ends the bank's own step, which the stand-in shows over the page. */
export async function answerBank(name: "Complete authentication" | "Fail authentication"): Promise<void> {
  const root = await waitFor(() => {
    const found = document.querySelector('[data-sandbox="authentication"]')?.shadowRoot;
    if (!found) throw new Error("The bank has not asked yet.");
    return found;
  });
  await userEvent.click(within(root as unknown as HTMLElement).getByRole("button", { name }));
}
