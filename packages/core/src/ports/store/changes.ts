/** What tells this instance and the others that a customer's access may have changed. */
export interface ChangeFeed {
  /**
   * Calls `listener` with the customers whose state was changed by this instance (right after the commit) or by another
   * one (as soon as it says so), and with `null` when changes may have been missed: forget everything then. Changes of
   * this instance reach the listener from the call on; those of others once the connection listens to the database,
   * which begins with a `null`. Where it can't listen, only local ones do. Never rejects.
   */
  onChange(listener: ChangeListener): Promise<() => Promise<void>>;
  /**
   * Tells the other instances now what they would be told within about 25 ms anyway: for a person who comes back from
   * paying and whose next request may reach another instance. Never rejects.
   */
  announceChanges(): Promise<void>;
}

/** Called with the customers whose state changed; `null`: anybody's may have. */
export type ChangeListener = (customerIds: readonly string[] | null) => void;
