import type { SandboxRoom } from "../../rooms/sandbox-room.js";

const patience = 4;

/** Whether the sandbox's time stands still while the machine's runs on, as in tests. */
export const isFrozen = async ({ now }: SandboxRoom): Promise<boolean> => {
  const before = now().getTime();
  // Timers may fire a little early; a clock that runs will have moved after twice the time.
  await new Promise((resolve) => setTimeout(resolve, 2 * patience));
  return now().getTime() - before < patience / 2;
};

/** How far the sandbox's time is ahead of the machine's, in whole seconds. */
export const aheadOf = ({ now }: SandboxRoom, machine: Date): number =>
  Math.round((now().getTime() - machine.getTime()) / 1000);
