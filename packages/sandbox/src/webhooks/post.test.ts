import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { post } from "./post.js";

afterEach(() => {
  vi.useRealTimers();
});

const collectGarbage = () => {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
};

/** Sends to a receiver that takes the request and says nothing; `asked` when it has. */
const sendToSilence = (stopped: AbortSignal) => {
  let listen = () => {};
  const asked = new Promise<void>((resolve) => {
    listen = resolve;
  });
  const silence: typeof fetch = (_url, init) =>
    new Promise((_, reject) => {
      const { signal } = init ?? {};
      signal?.addEventListener("abort", () => reject(signal.reason));
      listen();
    });
  const letter = { url: "http://receiver.test/hook", body: "{}", sent: "{}", secrets: ["whsec_a"] };
  const sent = post({ ...letter, signedAt: 0, chaos: null, signal: stopped, fetch: silence });
  return { asked, sent };
};

describe("an attempt", () => {
  it("gives a silent receiver 20 seconds, though nothing else holds on to it", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { asked, sent } = sendToSilence(new AbortController().signal);
    await asked;
    await vi.advanceTimersByTimeAsync(19_000);
    collectGarbage();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await sent).toMatchObject({ status: null, error: "There was no answer within 20 seconds." });
  });

  it("ends when the sandbox does", async () => {
    const stop = new AbortController();
    const { asked, sent } = sendToSilence(stop.signal);
    await asked;
    stop.abort(new Error("closed"));
    expect(await sent).toMatchObject({ status: null, error: "closed" });
  });
});
