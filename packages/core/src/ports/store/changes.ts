/** What tells other instances that a customer's access may have changed. */
export interface ChangeFeed {
  /**
   * Calls `listener` with the customers whose state was changed by this instance (at once) or by another one
   * (as soon as it tells), and with `null` when changes may have been missed: forget everything then.
   * Resolves to a function that stops.
   */
  onChange(listener: (customerIds: readonly string[] | null) => void): Promise<() => Promise<void>>;
}
