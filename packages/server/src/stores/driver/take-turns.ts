/** How many statements are in progress before others wait: one that waits for a lock does not hold up the rest. */
const statementsAtOnce = 4;
/** How many are done in one statement. */
const mostTogether = 16;

/** How to do one piece of work, and several of them in one statement. */
export interface Turns<In, Out> {
  readonly alone: (input: In) => Promise<Out>;
  /** All or none; the results in the order of the inputs. */
  readonly together: (inputs: readonly In[]) => Promise<readonly Out[]>;
  /** What no two in one statement may have in common. */
  readonly keysOf: (input: In) => readonly string[];
}

/** What one that waited is told: that it leads the next statement, that it is to go alone, or its outcome. */
type News<Out> = "lead" | "alone" | { readonly result: Out };

interface Waiting<In, Out> {
  readonly input: In;
  tell(news: News<Out>): void;
}

/**
 * Does each piece of work at once while there is little. In a burst, those that wait for their turn are done in one
 * statement, which costs the database little more than one of them would; where that fails, each goes alone.
 */
export function takeTurns<In, Out>({ alone, together, keysOf }: Turns<In, Out>): (input: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = [];
  let running = 0;

  async function lead(input: In): Promise<Out> {
    const others = takeOthers(input);
    if (others.length === 0) return alone(input);
    const all = [input, ...others.map((one) => one.input)];
    const results = await together(all).catch(() => null);
    const [own, ...rest] = results?.map((result) => ({ result })) ?? [];
    for (const [index, { tell }] of others.entries()) tell(rest[index] ?? "alone");
    return own === undefined ? alone(input) : own.result;
  }

  function takeOthers(input: In): readonly Waiting<In, Out>[] {
    const taken: Waiting<In, Out>[] = [];
    const left: Waiting<In, Out>[] = [];
    const keys = new Set(keysOf(input));
    for (const one of waiting) {
      const own = keysOf(one.input);
      const fits = taken.length < mostTogether - 1 && !own.some((key) => keys.has(key));
      (fits ? taken : left).push(one);
      if (fits) for (const key of own) keys.add(key);
    }
    waiting = left;
    return taken;
  }

  function passOn(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next.tell("lead");
  }

  return async (input) => {
    if (running < statementsAtOnce) running += 1;
    else {
      const news = await new Promise<News<Out>>((tell) => waiting.push({ input, tell }));
      if (news === "alone") return alone(input);
      if (news !== "lead") return news.result;
    }
    try {
      return await lead(input);
    } finally {
      passOn();
    }
  };
}
