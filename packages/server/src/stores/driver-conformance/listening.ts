import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { Driven } from "./driven.js";

export function describeListening({ driver }: Driven): void {
  const send = (channel: string, payload: string) =>
    driver().query("SELECT pg_notify($1, $2)::text", [channel, payload]);

  describe("listening, where it can", () => {
    it("hears its channel until it stops", async ({ skip }) => {
      const { listen } = driver();
      if (listen === undefined) return skip();
      const channel = `driver_${randomUUID().replaceAll("-", "")}`;
      const heard: string[] = [];
      const stop = await listen(channel, {
        message: (text) => heard.push(text),
        lost: () => heard.push("(lost)"),
      });
      await send(`${channel}_other`, "not for us");
      await driver().transaction((tx) => tx.query("SELECT pg_notify($1, 'first')::text", [channel]));
      await send(channel, "second");
      await vi.waitFor(() => expect(heard).toEqual(["first", "second"]), { timeout: 5_000 });
      await stop();
      await send(channel, "too late");
      expect(heard).toEqual(["first", "second"]);
    });

    it("says so once when it no longer hears anything", async ({ skip }) => {
      const { listen } = driver();
      if (listen === undefined) return skip();
      const channel = `driver_${randomUUID().replaceAll("-", "")}`;
      let losses = 0;
      const lost = () => {
        losses += 1;
      };
      const stop = await listen(channel, { message: () => undefined, lost });
      const cut = "SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity WHERE query = $1";
      expect(await driver().query(cut, [`LISTEN ${channel}`])).toHaveLength(1);
      await vi.waitFor(() => expect(losses).toBe(1), { timeout: 5_000 });
      await stop();
      expect(losses).toBe(1);
    });
  });
}
