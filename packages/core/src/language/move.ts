/** Who gives a subscription to whom. */
export interface Move {
  readonly subscriptionId: string;
  /** The app's own id of who has it. */
  readonly from: string;
  /** The app's own id of who gets it. */
  readonly to: string;
}
