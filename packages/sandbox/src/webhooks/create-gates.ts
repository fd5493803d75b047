import type { Chaos } from "../engine/world/chaos.js";
import type { Queue } from "./create-queue.js";
import { decideFate } from "./decide-fate.js";
import type { Errand } from "./errand.js";

type Gate = {
  /** The settings under which it counts. */
  rules: string;
  /** How many events have come to it. */
  count: number;
  /** Those that wait to be overtaken, and at which count they will have been. */
  overtaken: Array<{ errand: Errand; until: number }>;
  /** Those that wait to be sent together. */
  burst: Errand[];
};

/** How far each endpoint is in its sequence of fates. */
export type GateCounts = Record<string, { rules: string; count: number }>;

export type Gates = {
  /** Lets a new errand through, or holds it back, as chaos wants. */
  admit(errand: Errand, chaos: Chaos): void;
  counts(): GateCounts;
  restore(counts: GateCounts): void;
  clear(): void;
};

/** Where chaos meets the events, endpoint by endpoint. */
export const createGates = (queue: Queue, now: () => number): Gates => {
  const gates = new Map<string, Gate>();

  const gateOf = (endpoint: string, chaos: Chaos): Gate => {
    const rules = JSON.stringify(chaos);
    const known = gates.get(endpoint);
    if (known?.rules === rules) return known;
    const gate: Gate = { rules, count: 0, overtaken: [], burst: [] };
    gates.set(endpoint, gate);
    return gate;
  };

  const hold = (errand: Errand, due: number, heldFor = 0): void => {
    errand.due = due;
    errand.heldFor = heldFor;
    queue.wait(errand);
  };

  const gather = (gate: Gate, errand: Errand, chaos: Chaos): void => {
    errand.burst = gate.burst[0]?.burst ?? { signedAt: null };
    // All are sent when the first one's time is up.
    hold(errand, gate.burst[0]?.due ?? now() + chaos.holdMs);
    gate.burst.push(errand);
    if (gate.burst.length < chaos.burstSize) return;
    for (const gathered of gate.burst.splice(0)) queue.pull(gathered);
  };

  const letOvertakenGo = (gate: Gate, count: number): void => {
    const due = gate.overtaken.filter(({ until }) => until <= count);
    gate.overtaken = gate.overtaken.filter(({ until }) => until > count);
    for (const { errand } of due) queue.pull(errand);
  };

  return {
    admit: (errand, chaos) => {
      const gate = gateOf(errand.endpoint, chaos);
      const count = gate.count++;
      const fate = decideFate(chaos, count);
      errand.fate = fate;
      errand.steps = [
        ...(fate.fault ? [fate.fault] : []),
        "whole",
        ...(fate.duplicateAfter === null ? [] : (["duplicate"] as const)),
      ];
      // A burst whose time was up has been sent by itself.
      if (gate.burst[0] && !queue.isWaiting(gate.burst[0])) gate.burst = [];
      if (gate.burst.length > 0 || fate.opensBurst) gather(gate, errand, chaos);
      else if (fate.overtakenBy > 0) {
        gate.overtaken.push({ errand, until: count + fate.overtakenBy });
        hold(errand, now() + chaos.holdMs);
      } else if (fate.delay > 0) hold(errand, now() + fate.delay, fate.delay);
      else queue.ready(errand);
      letOvertakenGo(gate, count);
    },
    counts: () =>
      Object.fromEntries([...gates].map(([endpoint, { rules, count }]) => [endpoint, { rules, count }])),
    restore: (counts) => {
      for (const [endpoint, { rules, count }] of Object.entries(counts))
        gates.set(endpoint, { rules, count, overtaken: [], burst: [] });
    },
    clear: () => gates.clear(),
  };
};
