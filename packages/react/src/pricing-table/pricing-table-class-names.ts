/** Classes of your own for the table's pieces. */
export interface PricingTableClassNames {
  readonly root?: string;
  readonly bar?: string;
  readonly intervalSwitch?: string;
  readonly card?: string;
  readonly name?: string;
  readonly price?: string;
  readonly action?: string;
  readonly features?: string;
}
