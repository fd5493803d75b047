import type { Catalog } from "../../catalog/catalog.js";
import type { IsoTime } from "../../language/time.js";

/** What access is decided by, besides what somebody has. */
export interface AccessTerms {
  readonly catalog: Catalog;
  readonly graceDays: number;
}

/** By which terms access was decided at any time, so that it can be explained later. */
export interface TermsMemory {
  /** Keeps the terms that an instance begins to decide by; nothing happens if they are the latest already. */
  rememberTerms(terms: AccessTerms, at: IsoTime): Promise<void>;
  /** Those of a moment, with the order of their plans; `null`: from before any were kept. */
  findTerms(at: IsoTime): Promise<{ readonly terms: AccessTerms; readonly since: IsoTime } | null>;
}
