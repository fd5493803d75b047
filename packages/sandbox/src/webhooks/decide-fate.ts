import type { Chaos } from "../engine/world/chaos.js";
import { randomNumbers } from "../engine/world/ids.js";

/** A way in which a delivery is spoiled on purpose. */
export type Fault = "drop" | "truncate" | "wrong_signature";

/** What chaos does to one event on its way to one endpoint. */
export type Fate = {
  /** How it is spoiled first; it is sent whole afterwards. */
  fault: Fault | null;
  /** How long after the fault it is sent whole, in milliseconds. */
  resendAfter: number;
  /** Sent again after it was accepted, this many milliseconds later; null: once is enough. */
  duplicateAfter: number | null;
  /** How many later events overtake it. */
  overtakenBy: number;
  /** How long it is held back, in milliseconds. */
  delay: number;
  opensBurst: boolean;
};

/** The fate of an event that nothing happens to. */
export const spared: Fate = {
  fault: null,
  resendAfter: 0,
  duplicateAfter: null,
  overtakenBy: 0,
  delay: 0,
  opensBurst: false,
};

/**
 * The fate of the event that is the `count`th for its endpoint since chaos was switched on. It depends on
 * nothing but the seed, the rates and the count, and raising one rate leaves what the others do as it was.
 */
export const decideFate = (chaos: Chaos, count: number): Fate => {
  const next = randomNumbers(`${chaos.seed}/${count}`);
  const chance = (rate: number): boolean => next() < rate;
  const upTo = (most: number): number => 1 + Math.floor(next() * most);
  const [dropped, truncated, missigned] = [
    chance(chaos.drop),
    chance(chaos.truncate),
    chance(chaos.wrongSignature),
  ];
  const resendAfter = upTo(chaos.delayMs);
  const [duplicated, duplicateAfter] = [chance(chaos.duplicates), Math.floor(next() * chaos.delayMs)];
  const [reordered, overtakenBy] = [chance(chaos.reorder), upTo(chaos.reorderWindow)];
  const [delayed, delay] = [chance(chaos.delay), upTo(chaos.delayMs)];
  const opensBurst = chance(chaos.burst);
  const fault = dropped ? "drop" : truncated ? "truncate" : missigned ? "wrong_signature" : null;
  return {
    fault,
    resendAfter,
    duplicateAfter: duplicated ? duplicateAfter : null,
    overtakenBy: reordered ? overtakenBy : 0,
    delay: delayed ? delay : 0,
    opensBurst,
  };
};
