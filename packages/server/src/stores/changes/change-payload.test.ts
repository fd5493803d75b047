import { describe, expect, it } from "vitest";
import { readPayload, toPayloads } from "./change-payload.js";

const from = "a-store";
const read = (payloads: readonly string[]) => payloads.map((payload) => readPayload(payload));

describe("what one instance tells the others", () => {
  it("names every customer, in messages that Postgres takes", () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `org_${index}_日本語"\\`);
    const payloads = toPayloads(from, ids);
    expect(payloads.length).toBeGreaterThan(1);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
    expect(read(payloads).flatMap(({ ids: some }) => some ?? [])).toEqual(ids);
    expect(read(payloads).every((message) => message.from === from)).toBe(true);
  });

  it.each<[string, Iterable<string> | null]>([
    ["too many customers to name", Array.from({ length: 50_000 }, (_, index) => `customer_${index}`)],
    ["an id that is too long for a message", ["org_1", "x".repeat(8_000)]],
    ["everybody", null],
  ])("says everybody for %s", (_name, ids) => {
    expect(read(toPayloads(from, ids))).toEqual([{ from, ids: null }]);
  });

  it("says nothing when nothing changed", () => {
    expect(toPayloads(from, [])).toEqual([]);
  });

  it.each(["", "null", "[]", "7", "{", '{"from":1}', '{"from":"x","ids":[1]}', '{"from":"x","ids":{}}'])(
    "treats %j, which is not ours, as a change of anybody's",
    (payload) => {
      expect(readPayload(payload).ids).toBeNull();
    },
  );
});
