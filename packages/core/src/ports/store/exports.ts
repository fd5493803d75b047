import type { ExportedRecord, ExportSection } from "../../language/customer-export.js";

/** One page of a part of what is stored of a customer. */
export interface ExportPage {
  readonly records: readonly ExportedRecord[];
  /** To pass as the next page's `after`; `null` on the last one. */
  readonly next: string | null;
}

/** What is stored of a customer, for themselves. */
export interface ExportReads {
  /**
   * Reads a part of what is stored of a customer, in an order that does not change: nobody else's, nothing that pays or
   * signs in (the addresses of open checkouts), and none of the store's own bookkeeping.
   */
  exportCustomer(page: {
    readonly customerId: string;
    readonly section: ExportSection;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<ExportPage>;
}
