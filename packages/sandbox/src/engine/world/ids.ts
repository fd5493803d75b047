/** Where ids and client secrets come from; the engine itself has no randomness. */
export type IdSource = {
  /** A new id such as `sub_1Q3x…`. */
  id(prefix: string): string;
  /** `length` letters and digits, for secrets and tokens. */
  secret(length: number): string;
};

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** xmur3: spreads a text over 32 bits, so that neighbouring seeds share nothing. */
const hash = (text: string): number => {
  let state = 1779033703 ^ text.length;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 3432918353);
    state = (state << 13) | (state >>> 19);
  }
  return state >>> 0;
};

/** Numbers from 0 to below 1, and where in their sequence they are. */
type Numbers = { next(): number; position(): number };

/** mulberry32: small, fast, and the same on every machine. */
const numbers = (seed: string, from = hash(seed)): Numbers => {
  let state = from;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, position: () => state };
};

/** Numbers from 0 to below 1 that depend on the seed alone. */
export const randomNumbers = (seed: string): (() => number) => numbers(seed).next;

/** Ids that can be resumed later. */
export type SeededIds = IdSource & {
  /** Where in their sequence the ids are; `seededIds` resumes from there. */
  position(): number;
};

/** Ids that depend on the seed and on how many were drawn before, and on nothing else. */
export const seededIds = (seed: string, from?: number): SeededIds => {
  const { next, position } = numbers(seed, from);
  const secret = (length: number): string =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join("");
  return { secret, position, id: (prefix) => `${prefix}_1${secret(23)}` };
};
