/** Units that customers are granted, buy and use up: tokens, minutes, exports. They are no money. */
export interface CreditDefinition {
  readonly name: string;
  readonly description?: string;
  /** `credits.low` is told when a customer's balance falls to this many. @default it is never told */
  readonly lowAt?: number;
}
