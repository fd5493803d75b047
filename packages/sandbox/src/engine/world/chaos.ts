/**
 * How deliveries to an endpoint go wrong on purpose. Rates are between 0 and 1, by event. Whatever goes
 * wrong, every event is in the end sent once whole and correctly signed.
 */
export type Chaos = {
  /** The same seed and the same events give the same faults. */
  seed: string;
  /** Sent once more after it was accepted. */
  duplicates: number;
  /** Overtaken by up to `reorderWindow` later events. */
  reorder: number;
  /** Held back for up to `delayMs`. */
  delay: number;
  /** Not sent at first, and sent again later. */
  drop: number;
  /** Opens a burst: this and the next events are held back, then sent together within a second. */
  burst: number;
  /** Sent with half its body, then again whole. */
  truncate: number;
  /** Sent with a signature of another secret, then again correctly signed. */
  wrongSignature: number;
  /** By how many later events one is overtaken at most. */
  reorderWindow: number;
  /** The longest delay, in milliseconds of the sandbox's clock. */
  delayMs: number;
  /** How many events a burst gathers. */
  burstSize: number;
  /** How long anything held back waits for others at most, in milliseconds of the sandbox's clock. */
  holdMs: number;
};

const defaults = {
  duplicates: 0,
  reorder: 0,
  delay: 0,
  drop: 0,
  burst: 0,
  truncate: 0,
  wrongSignature: 0,
  reorderWindow: 3,
  delayMs: 2000,
  burstSize: 5,
  holdMs: 5000,
};

/** What chaos can be told, besides its seed. */
export const chaosNames = Object.keys(defaults);

const windows = ["reorderWindow", "delayMs", "burstSize", "holdMs"];

const check = (name: string, value: unknown): void => {
  if (!chaosNames.includes(name))
    throw new RangeError(`chaos.${name} is unknown; known are ${chaosNames.join(", ")}.`);
  const isWindow = windows.includes(name);
  const fits = isWindow
    ? Number.isInteger(value) && Number(value) > 0
    : typeof value === "number" && value >= 0 && value <= 1;
  if (!fits)
    throw new RangeError(`chaos.${name} must be ${isWindow ? "a whole number above 0" : "between 0 and 1"}.`);
};

/**
 * Rates that are not given are 0; the windows have values that suit a demonstration.
 *
 * @throws RangeError for a name or a value that makes no sense.
 */
export const createChaos = (given: Partial<Chaos> & { seed: string }): Chaos => {
  const { seed, ...values } = given;
  for (const [name, value] of Object.entries(values)) check(name, value);
  return { ...defaults, ...values, seed: String(seed) };
};
