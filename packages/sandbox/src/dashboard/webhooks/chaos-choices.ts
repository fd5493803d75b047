import type { Chaos } from "../../engine/world/chaos.js";

/** What can go wrong, with what it means; rates are shown in percent. */
export const faults = [
  { name: "duplicates", label: "Duplicates", hint: "Sent again after it was accepted" },
  { name: "reorder", label: "Reordering", hint: "Overtaken by later events" },
  { name: "delay", label: "Delay", hint: "Held back for a while" },
  { name: "drop", label: "Drop", hint: "Lost at first, sent later" },
  { name: "burst", label: "Bursts", hint: "Gathered, then sent within a second" },
  { name: "truncate", label: "Truncation", hint: "Half a body, then the whole" },
  { name: "wrongSignature", label: "Wrong signature", hint: "Badly signed, then rightly" },
] as const satisfies ReadonlyArray<{ name: keyof Chaos; label: string; hint: string }>;

/** How far it may go wrong. */
export const windows = [
  { name: "reorderWindow", label: "Overtaken by at most", unit: "events", otherwise: 3 },
  { name: "delayMs", label: "Longest delay", unit: "ms", otherwise: 2000 },
  { name: "burstSize", label: "Events in a burst", unit: "events", otherwise: 5 },
  { name: "holdMs", label: "Held for at most", unit: "ms", otherwise: 5000 },
] as const satisfies ReadonlyArray<{ name: keyof Chaos; label: string; unit: string; otherwise: number }>;
