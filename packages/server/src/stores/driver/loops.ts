import type { Loops, LoopTurn, StoreLoop } from "@tollgate/core";

/** Reports how a turn of a loop went. */
export type TellTurn = (loop: StoreLoop, error: unknown) => void;

/** Those who want to know how the loops are doing, and how they are told. */
export function createLoops(): Loops & { readonly tell: TellTurn } {
  const observers = new Set<(turn: LoopTurn) => void>();
  return {
    observeLoops(observer) {
      const mine = (turn: LoopTurn) => observer(turn);
      observers.add(mine);
      return () => observers.delete(mine);
    },
    tell(loop, error) {
      for (const observer of observers) observer({ loop, error });
    },
  };
}
