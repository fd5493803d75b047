import { type Fate, type Fault, spared } from "./decide-fate.js";

/** What is sent next: the event whole, once more whole, or spoiled by chaos. */
type Step = Fault | "duplicate" | "whole";

/** What remains to be done for one delivery. Plain data, so that it can be stored. */
export type Errand = {
  delivery: string;
  endpoint: string;
  /** The account whose world has the endpoint. */
  home: string;
  /** The event's bytes, the same in every attempt. */
  body: string;
  /** What is still to be sent, the next one first. */
  steps: Step[];
  fate: Fate;
  /** When it may go out, in milliseconds by the sandbox's clock. */
  due: number;
  /** Its place among those of the same time. */
  rank: number;
  /** The order in which the events were dispatched. */
  turn: number;
  /** How long it waits because of chaos, in milliseconds; null: it does not wait for chaos. */
  heldFor: number | null;
  /** How often the receiver refused it. */
  refusals: number;
  /** Those that are sent together carry one time in their signatures. */
  burst: { signedAt: number | null } | null;
  /** Whether the event had been sent there before and was asked for again. */
  again: boolean;
};

type Given = Pick<Errand, "again" | "body" | "delivery" | "due" | "endpoint" | "home" | "turn">;

/** An errand for an event for which no fate was decided. */
export const createErrand = (given: Given): Errand => ({
  ...given,
  steps: ["whole"],
  fate: spared,
  rank: 0,
  heldFor: null,
  refusals: 0,
  burst: null,
});

/** An errand as an earlier version kept it, with what it lacks; `home` is the sandbox's own account. */
export const completeErrand = (kept: Errand, home: string): Errand => ({
  ...createErrand({ ...kept, home, again: false, turn: 0, due: 0 }),
  ...kept,
});
