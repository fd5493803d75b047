import type { Currency, Interval, IsoTime } from "@tollgate/core";

export interface PaymentLine {
  readonly label: string;
  /** "5 seats at $19", "14 days free", … */
  readonly detail?: string;
  /** In minor units; negative for a discount or credit. */
  readonly amount: number;
}

/** What is bought, and what it costs now and later. Take it from your server: it is shown, never charged. */
export interface PaymentSummary {
  readonly lines: readonly PaymentLine[];
  readonly currency: Currency;
  /** In minor units. */
  readonly dueNow: number;
  readonly dueLater?: {
    /** In minor units. */
    readonly amount: number;
    readonly on: IsoTime;
    /** How often from then on. @default once */
    readonly every?: Interval;
  };
}
