import type { HealthCheck } from "./health-check.js";
import { tolerated } from "./loop-watch.js";

/** What this instance does in its background, and fails at. */
export const checkLoops: HealthCheck = ({ context: { loops } }) =>
  loops
    .states()
    .filter(({ failures }) => failures > tolerated)
    .map(({ loop, failingSince, failures, error }) => {
      const why = error === null ? "" : `: ${error.name}: ${error.message}`;
      return `The background of this instance fails (${loop}, ${failures} times since ${failingSince})${why}`;
    });
