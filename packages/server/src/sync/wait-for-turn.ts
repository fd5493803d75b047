const firstWaitMs = 10;
const longestWaitMs = 500;

/** Waits longer with each attempt, at random, so that attempts that collided don't collide again. */
export function waitForTurn(attempt: number): Promise<void> {
  const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
}
