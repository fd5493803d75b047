import type { PricingTableMessages } from "./pricing-table-messages.js";

interface PricingSkeletonProps {
  readonly plans: number;
  readonly features: number;
  readonly messages: PricingTableMessages;
}

/** The table's own boxes around blank text, so that nothing moves when the plans arrive. */
export function PricingSkeleton({ plans, features, messages }: PricingSkeletonProps) {
  return (
    <>
      <p data-tollgate-part="spoken" role="status">
        {messages.loading}
      </p>
      <div data-tollgate-part="bar" aria-hidden="true">
        <div data-tollgate-part="interval-switch" data-tollgate-skeleton="">
          <span data-tollgate-part="segment">{messages.intervalName("month")}</span>
          <span data-tollgate-part="segment">
            {messages.intervalName("year")} {messages.saveMonths(2)}
          </span>
        </div>
      </div>
      <div data-tollgate-part="cards" data-count={Math.min(plans, 4)} aria-hidden="true">
        {Array.from({ length: plans }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blank cards have no other identity
          <SkeletonCard key={index} features={features} messages={messages} />
        ))}
      </div>
    </>
  );
}

function SkeletonCard({ features, messages }: Pick<PricingSkeletonProps, "features" | "messages">) {
  return (
    <div data-tollgate-part="card">
      <div data-tollgate-part="head">
        <div data-tollgate-part="name-row">
          <Blank className="name">Starter</Blank>
        </div>
        <p data-tollgate-part="description">
          <Blank>Everything that a team needs</Blank>
        </p>
      </div>
      <div data-tollgate-part="price">
        <div data-tollgate-part="price-lines">
          <p data-tollgate-part="price-tag">
            <Blank className="amount">$29</Blank>
          </p>
          <p data-tollgate-part="price-detail">
            <Blank>{messages.billedMonthly}</Blank>
          </p>
        </div>
      </div>
      <div data-tollgate-part="action">
        <span data-tollgate-button="secondary" data-tollgate-skeleton="">
          {messages.upgrade}
        </span>
      </div>
      <div data-tollgate-part="features">
        {Array.from({ length: features }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blank lines have no other identity
          <p data-tollgate-part="feature-blank" key={index}>
            <Blank>{index % 2 === 0 ? messages.currentPlan : messages.notIncluded} 10,000</Blank>
          </p>
        ))}
      </div>
    </div>
  );
}

function Blank({ className, children }: { readonly className?: string; readonly children: React.ReactNode }) {
  return (
    <span data-tollgate-skeleton="" data-tollgate-part={className}>
      {children}
    </span>
  );
}
