import fc from "fast-check";
import { expect, it } from "vitest";
import { createHeap } from "./heap.js";

it("hands everything out in order, whatever the order in which it came", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const heap = createHeap<number>((left, right) => left - right);
      for (const number of numbers) heap.push(number);
      const drained: number[] = [];
      for (let next = heap.pop(); next !== undefined; next = heap.pop()) drained.push(next);
      expect(drained).toEqual([...numbers].sort((left, right) => left - right));
    }),
  );
});

it("always shows the smallest, with pushes and pops in any order", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer(), { nil: "pop" as const })), (steps) => {
      const heap = createHeap<number>((left, right) => left - right);
      let kept: number[] = [];
      for (const step of steps) {
        if (step === "pop") {
          expect(heap.pop()).toBe(kept[0]);
          kept = kept.slice(1);
        } else {
          heap.push(step);
          kept = [...kept, step].sort((left, right) => left - right);
        }
        expect([heap.peek(), heap.size]).toEqual([kept[0], kept.length]);
      }
    }),
  );
});
