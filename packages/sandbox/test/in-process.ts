import Stripe from "stripe";
import { expect, onTestFinished } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../src/index.js";
import { type Collection, collecting, createCollection } from "./collect.js";

/** What a receiver got. */
export type Letter = { url: string; body: string; signature: string };

export type InProcess = {
  sandbox: Sandbox;
  stripe: Stripe;
  /** Everything that was sent to any receiver, in order. */
  letters: Letter[];
  /** How receivers answer from now on; 200 unless told otherwise. */
  answer: (decide: (letter: Letter) => Response | Promise<Response>) => void;
  /** The real SDK with another key. */
  as: (key: string) => Stripe;
};

/** The address of a receiver that exists without being configured. */
export const receiverUrl = "http://receiver.test/hook";

/** Like `inProcess`, for a sandbox that the tests of a file share; its answers are not checked. */
export const sharedInProcess = (options: SandboxOptions = {}): InProcess => open(options).opened;

/**
 * A sandbox and its receivers without a network, with the real SDK in front: quick, and with a clock that
 * stands still. The test fails if an answer or an event was not what the SDK declares.
 */
export const inProcess = (options: SandboxOptions = {}): InProcess => {
  const { opened, collection } = open(options);
  // Not an `afterEach` of this module: test files share it, and only the first to load it would get the hook.
  onTestFinished(() => expect(collection.faults(opened.sandbox)).toEqual([]));
  return opened;
};

function open(options: SandboxOptions): { opened: InProcess; collection: Collection } {
  const letters: Letter[] = [];
  let decide = (_letter: Letter): Response | Promise<Response> => new Response("ok");
  const start = new Date("2027-01-01T00:00:00Z");
  const sandbox = createSandbox({
    seed: "in-process",
    clock: () => start,
    // Time passes only by `advance`.
    scheduler: { after: () => () => undefined },
    log: () => undefined,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      const letter = {
        url: String(url),
        body: String(init?.body),
        signature: headers.get("stripe-signature") ?? "",
      };
      letters.push(letter);
      return decide(letter);
    },
    ...options,
  });
  const collection = createCollection();
  const httpClient = collecting(
    Stripe.createFetchHttpClient((async (url: string, init: RequestInit) =>
      sandbox.fetch(new Request(url, init))) as typeof fetch),
    collection,
  );
  const as = (key: string): Stripe => new Stripe(key, { httpClient, maxNetworkRetries: 0 });
  const answer: InProcess["answer"] = (next) => {
    decide = next;
  };
  return { opened: { sandbox, letters, as, stripe: as(sandbox.secretKey), answer }, collection };
}

/** The ids of the events in letters. */
export const idsOf = (letters: readonly Letter[]): string[] =>
  letters.map((letter) => (JSON.parse(letter.body) as { id: string }).id);

/** That many hours, in milliseconds. */
export const hours = (count: number): number => count * 3_600_000;

/** Moves a sandbox's clock on by that many milliseconds. */
export const pass = (sandbox: Sandbox, milliseconds: number): void =>
  sandbox.advance(new Date(sandbox.now().getTime() + milliseconds));
