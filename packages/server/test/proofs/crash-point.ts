import fc from "fast-check";
import type { CrashPoint } from "./crash.js";

/** Most of the time nobody dies. @param steps how many there are to die at */
export function crashPoint(steps: number): fc.Arbitrary<CrashPoint | null> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({
        step: fc.integer({ min: 1, max: steps }),
        side: fc.constantFrom("before" as const, "after" as const),
      }),
    },
  );
}
