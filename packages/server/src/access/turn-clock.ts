/** However long a turn lasts, the clock is read again after this many calls. */
const looksPerReading = 64;

/**
 * The system's time in milliseconds, read once per turn of the event loop, as the loop itself does it. In containers
 * and virtual machines reading the clock may take longer than the rest of a warm access check.
 */
export function createTurnClock(): () => number {
  if (typeof setImmediate !== "function") return Date.now;
  let now = 0;
  let looksLeft = 0;
  let turning = false;
  const endTurn = () => {
    turning = false;
    looksLeft = 0;
  };
  return () => {
    if (looksLeft > 0) {
      looksLeft -= 1;
      return now;
    }
    now = Date.now();
    looksLeft = looksPerReading;
    if (!turning) setImmediate(endTurn);
    turning = true;
    return now;
  };
}
