import { expect, it } from "vitest";
import { starterOffer, subscribe, timeOf, type World } from "./buyer.js";
import type { SignedDelivery } from "./driver.js";

const oneHour = 3_600_000;

export function describeSignatures(world: () => World): void {
  async function aDelivery(): Promise<SignedDelivery> {
    await subscribe(world(), starterOffer);
    const [delivery] = await world().driver.deliveredEvents();
    if (delivery === undefined) throw new Error("Nothing was delivered.");
    return delivery;
  }
  const receive = (body: Uint8Array, headers: Headers, now = timeOf(world())) =>
    world().provider.events.receive({ body, headers, now });
  const refusal = (code: string) => ({ name: "BillingError", code });

  it("accepts a delivery as it arrived, and one signed by hand", async () => {
    const { body, headers } = await aDelivery();
    await expect(receive(body, headers)).resolves.toBeDefined();
    const now = timeOf(world());
    const signed = await world().driver.sign({ body, at: now, secret: "ours" });
    expect(await receive(body, signed, now)).toEqual(await receive(body, headers, now));
  });

  it("refuses a delivery without a signature", async () => {
    const { body } = await aDelivery();
    await expect(receive(body, new Headers())).rejects.toMatchObject(refusal("missing_signature"));
  });

  it("tells from the headers alone what needs no body: that a signature is there and has the right shape", async () => {
    const now = timeOf(world());
    const body = new Uint8Array();
    const verify = (headers: Headers) => () => world().provider.events.verifyHeaders({ headers, now });
    for (const secret of ["ours", "a stranger's"] as const) {
      const headers = await world().driver.sign({ body, at: now, secret });
      expect(verify(headers)).not.toThrow();
    }
    const { headers } = await aDelivery();
    const nonsense = new Headers([...headers.keys()].map((name): [string, string] => [name, "nonsense"]));
    expect(verify(new Headers())).toThrow(expect.objectContaining(refusal("missing_signature")));
    expect(verify(nonsense)).toThrow(expect.objectContaining(refusal("invalid_signature")));
  });

  it("refuses a body that differs by one byte", async () => {
    const { body, headers } = await aDelivery();
    const forged = Uint8Array.from([...body, 0x20]);
    await expect(receive(forged, headers)).rejects.toMatchObject(refusal("invalid_signature"));
  });

  it("refuses a signature made with a stranger's secret", async () => {
    const { body } = await aDelivery();
    const headers = await world().driver.sign({ body, at: timeOf(world()), secret: "a stranger's" });
    await expect(receive(body, headers)).rejects.toMatchObject(refusal("invalid_signature"));
  });

  it("refuses signature headers that are nonsense", async () => {
    const { body, headers } = await aDelivery();
    const nonsense = new Headers([...headers.keys()].map((name): [string, string] => [name, "nonsense"]));
    await expect(receive(body, nonsense)).rejects.toMatchObject(refusal("invalid_signature"));
  });

  it.for([
    ["an hour old", -oneHour],
    ["an hour in the future", oneHour],
  ] as const)("refuses a signature that is %s, if it covers a time", async ([, offset], { skip }) => {
    if (!world().provider.events.signsTime) return skip("it signs no time");
    const { body } = await aDelivery();
    const at = new Date(timeOf(world()).getTime() + offset);
    const headers = await world().driver.sign({ body, at, secret: "ours" });
    await expect(receive(body, headers)).rejects.toMatchObject(refusal("stale_signature"));
    const now = timeOf(world());
    const refused = expect.objectContaining(refusal("stale_signature"));
    expect(() => world().provider.events.verifyHeaders({ headers, now })).toThrow(refused);
  });

  it.each(["", "not json", "null", "[]", "{}"])("refuses %j, signed but not an event", async (text) => {
    const body = new TextEncoder().encode(text);
    const headers = await world().driver.sign({ body, at: timeOf(world()), secret: "ours" });
    await expect(receive(body, headers)).rejects.toMatchObject(refusal("invalid_event"));
  });
}
