import type { AccessState, Catalog, PlansDescription } from "@tollgate/core";
import { BillingProvider, type BillingProviderProps } from "../kit/billing-provider.js";
import type { TestFetch } from "../testing/index.js";
import { PricingTable, type PricingTableProps } from "./pricing-table.js";

export interface PricingSceneProps extends PricingTableProps {
  readonly fetch: TestFetch;
  /** The catalog as the page has it; without it, the table asks the server. */
  readonly plans?: Catalog;
  readonly access?: AccessState;
  /** What the server describes. */
  readonly initialPlans?: PlansDescription;
  /** @default the toolbar's */
  readonly locale?: string;
  /** @default the toolbar's */
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly signInUrl?: string;
  readonly onNavigate?: (url: string) => void;
}

/** A pricing page around the table, as a host app would have it. */
export function PricingScene(props: PricingSceneProps) {
  const pageLanguage = document.documentElement.lang || "en";
  const {
    fetch,
    plans,
    access,
    initialPlans,
    locale = pageLanguage,
    theme,
    width,
    signInUrl,
    onNavigate,
    dir,
    ...table
  } = props;
  const provided: BillingProviderProps = {
    fetch,
    locale,
    ...(plans && { plans }),
    ...(access && { initialAccess: access }),
    ...(initialPlans && { initialPlans }),
    ...(signInUrl !== undefined && { signInUrl }),
    onNavigate: onNavigate ?? (() => undefined),
  };
  return (
    <main
      data-theme={theme}
      dir={dir}
      lang={locale}
      style={{
        colorScheme: theme,
        background: "var(--tollgate-surface)",
        fontFamily: "system-ui, sans-serif",
        padding: 24,
        minBlockSize: "100vh",
        boxSizing: "border-box",
        maxInlineSize: width,
      }}
    >
      <BillingProvider {...provided}>
        <PricingTable {...table} />
      </BillingProvider>
    </main>
  );
}
