/** A queue that hands out the smallest first. */
export type Heap<T> = {
  readonly size: number;
  /** The smallest, or undefined if the queue is empty. */
  peek(): T | undefined;
  pop(): T | undefined;
  push(item: T): void;
};

/** A binary heap: pushing and popping cost the logarithm of its size. */
export const createHeap = <T>(compare: (left: T, right: T) => number): Heap<T> => {
  const items: T[] = [];
  const isBefore = (left: number, right: number): boolean =>
    left < items.length && right < items.length && compare(items[left] as T, items[right] as T) < 0;
  const swap = (left: number, right: number): void => {
    [items[left], items[right]] = [items[right] as T, items[left] as T];
  };
  const rise = (from: number): void => {
    let at = from;
    for (let parent = (at - 1) >> 1; at > 0 && isBefore(at, parent); parent = (at - 1) >> 1) {
      swap(at, parent);
      at = parent;
    }
  };
  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = isBefore(right, left) ? right : left;
      if (!isBefore(child, at)) return;
      swap(child, at);
      at = child;
    }
  };
  return {
    get size() {
      return items.length;
    },
    peek: () => items[0],
    pop: () => {
      if (items.length > 1) swap(0, items.length - 1);
      const smallest = items.pop();
      sink();
      return smallest;
    },
    push: (item) => {
      items.push(item);
      rise(items.length - 1);
    },
  };
};
