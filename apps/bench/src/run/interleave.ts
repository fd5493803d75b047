import { median } from "./median.js";

/**
 * Runs rounds of everybody in turn, so that whatever else the machine does affects all alike. Each round
 * begins with a different one.
 */
export async function interleave<K extends string, T>(
  rounds: number,
  contenders: readonly K[],
  run: (contender: K) => Promise<T>,
): Promise<Readonly<Record<K, readonly T[]>>> {
  const results = Object.fromEntries(contenders.map((name) => [name, [] as T[]])) as Record<K, T[]>;
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const name = contenders[(round + turn) % contenders.length];
      if (name !== undefined) results[name].push(await run(name));
    }
  }
  return results;
}

/** The median of each contender's rounds. */
export function medians<K extends string, T>(
  results: Readonly<Record<K, readonly T[]>>,
  value: (result: T) => number,
): Readonly<Record<K, number>> {
  const entries = Object.entries<readonly T[]>(results).map(([name, all]) => [name, median(all.map(value))]);
  return Object.fromEntries(entries) as Record<K, number>;
}
