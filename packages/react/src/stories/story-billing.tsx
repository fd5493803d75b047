import { type ReactNode, useState } from "react";
import { BillingProvider, type BillingProviderProps } from "../kit/billing-provider.js";
import { createTestFetch, type TestFetchOptions } from "../testing/create-test-fetch.js";
import { storyPlans } from "./story-plans.js";

type Behaviour = Omit<TestFetchOptions, "plans">;
type ProviderProps = Omit<BillingProviderProps, "fetch" | "children">;

interface StoryBillingProps extends Behaviour, ProviderProps {
  readonly children: ReactNode;
}

/**
 * A provider whose server answers as the story says. What would leave the page is kept: the address is
 * written below instead.
 */
export function StoryBilling({ access, delay, failing, checkouts, children, ...props }: StoryBillingProps) {
  const [left, setLeft] = useState<string | null>(null);
  const [fetch] = useState(() =>
    createTestFetch({
      plans: storyPlans,
      ...(access !== undefined && { access }),
      ...(delay !== undefined && { delay }),
      ...(failing !== undefined && { failing }),
      ...(checkouts !== undefined && { checkouts }),
    }),
  );
  return (
    <BillingProvider
      plans={storyPlans}
      locale={document.documentElement.lang || "en"}
      signInUrl="/sign-in"
      onNavigate={setLeft}
      {...props}
      fetch={fetch}
    >
      {children}
      {left !== null && (
        <p
          role="status"
          style={{ font: "12px ui-monospace, monospace", color: "var(--tollgate-text-muted)" }}
        >
          went to {left}
        </p>
      )}
    </BillingProvider>
  );
}
