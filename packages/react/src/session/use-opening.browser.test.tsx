import { act, cleanup, render, screen } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BillingProvider, UpgradeGate } from "../index.js";
import { storyPlans } from "../stories/story-plans.js";
import { accessFor } from "../testing/access-for.js";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const free = accessFor(storyPlans);
const noPage = "/no-content";
const url = new URL(noPage, window.location.href).href;
const checkout = { id: "cs_1", kind: "hosted", url, expiresAt: "2026-11-22T12:00:00.000Z" };

/** Presses what leads to the checkout, whose address returns no page; then this much time passes. */
async function leaveFor(seconds: number) {
  const fetch = vi.fn(async () => Response.json(checkout));
  render(
    <StrictMode>
      <BillingProvider plans={storyPlans} initialAccess={free} fetch={fetch}>
        <UpgradeGate feature="export">Exported.</UpgradeGate>
      </BillingProvider>
    </StrictMode>,
  );
  const gone = vi.fn();
  window.addEventListener("beforeunload", gone, { once: true });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  act(() => screen.getByRole("button").click());
  await vi.waitFor(() => expect(gone).toHaveBeenCalled());
  await act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
  return { fetch, button: screen.getByRole("button") };
}

describe("a navigation that leads to nothing", () => {
  it("is abandoned after a while: the button works again, and opens the same checkout", async () => {
    const { fetch, button } = await leaveFor(10);
    expect(button.getAttribute("aria-busy")).toBeNull();
    act(() => button.click());
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
  });

  it("is waited for until then, so that nobody presses twice while a slow page is coming", async () => {
    const { fetch, button } = await leaveFor(9);
    expect(button.getAttribute("aria-busy")).toBe("true");
    act(() => button.click());
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
