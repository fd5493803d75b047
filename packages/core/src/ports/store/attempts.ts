/**
 * Counts how often a request to a provider under one key has to be made under a new one, because the provider only
 * repeats that it failed. Nearly every key stays at 0 and is never written.
 */
export interface Attempts {
  /**
   * Moves a key on from its attempt `from`, unless somebody already did: if two saw the same attempt fail, both
   * continue with the same next one.
   *
   * @returns which attempt it is at now
   */
  advanceAttempt(key: string, from: number): Promise<number>;
  /** Deletes the counts of keys that the provider forgot long ago. */
  pruneAttempts(): Promise<void>;
}
