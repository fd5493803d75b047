import type { StripeEvent } from "@tollgate/sandbox";
import { appUrl, signEvent } from "../requests.js";
import type { World } from "../world.js";
import type { FuzzEvent } from "./fuzz-event.js";
import { owner } from "./fuzz-headers.js";
import type { FuzzRequest } from "./fuzz-request.js";

/** What a run has to build requests from. */
export interface FuzzMaterial {
  readonly world: World;
  /** Real ones, of every type that the journeys made. */
  readonly events: readonly StripeEvent[];
  /** Those of people on whom no other test depends: what they are made to say may be a lie. */
  readonly mutable: readonly StripeEvent[];
  /** Checkouts that were opened. */
  readonly checkouts: readonly { readonly id: string; readonly user: string }[];
}

let made = 0;

/** The request that the plain data stands for. */
export function buildRequest(material: FuzzMaterial, { method, path, headers, body }: FuzzRequest): Request {
  const opened = /^\/checkout\/opened-(\d+)/.exec(path)?.[1];
  const checkout = opened && material.checkouts[Number(opened) % material.checkouts.length];
  const url = `${appUrl}/api/billing${checkout ? `/checkout/${checkout.id}` : path}`;
  const all = new Headers();
  // Whatever no client can send does not get this far.
  for (const [name, value] of Object.entries(headers)) if (/^[\x20-\x7e]*$/.test(value)) all.set(name, value);
  if (all.get("x-user") === "") all.delete("x-user");
  if (checkout && all.get("x-user") === owner) all.set("x-user", checkout.user);
  const sent = toBody(material, body, all);
  if (sent === null) return new Request(url, { method, headers: all });
  const init: RequestInit & { duplex: "half" } = { method, headers: all, body: sent, duplex: "half" };
  return new Request(url, init);
}

function toBody(material: FuzzMaterial, body: FuzzRequest["body"], headers: Headers): BodyInit | null {
  switch (body.kind) {
    case "none":
      return null;
    case "text":
      return body.text;
    case "bytes":
      return new Uint8Array(body.bytes);
    case "filler":
      return body.character.repeat(Math.ceil(body.length / body.character.length));
    case "broken":
      return breakOff(body.text);
    case "event":
      return toDelivery(material, body.event, headers);
  }
}

function breakOff(text: string): ReadableStream<Uint8Array> {
  const start = new TextEncoder().encode(text);
  let begun = false;
  return new ReadableStream({
    pull(stream) {
      // A pull that brings nothing is not repeated: where there are no bytes, it breaks at once.
      if (begun || start.length === 0) stream.error(new Error("read ECONNRESET of sk_live_hunter2"));
      else stream.enqueue(start);
      begun = true;
    },
  });
}

function toDelivery({ world, events, mutable }: FuzzMaterial, fuzz: FuzzEvent, headers: Headers): string {
  const isGenuine = fuzz.changes.length === 0 && fuzz.type === null;
  const event = mangle(isGenuine ? events : mutable, fuzz);
  const signed = signEvent(world.sandbox, world.dashboard, event, {
    ...(fuzz.signed === "late" && { at: new Date(Date.now() - 400_000) }),
    ...(fuzz.signed === "by a stranger" && { secret: "whsec_stranger" }),
    ...(fuzz.signed === "not" && { signature: null }),
    ...(fuzz.signed === "for other bytes" && { tamper: (payload: string) => `${payload} ` }),
  });
  headers.delete("stripe-signature");
  for (const [name, value] of Object.entries(signed.headers)) headers.set(name, value);
  return signed.body;
}

function mangle(events: readonly StripeEvent[], { index, changes, type, fresh }: FuzzEvent): StripeEvent {
  const source = events[index % events.length];
  if (source === undefined) throw new Error("There is no event to mangle.");
  let event: unknown = structuredClone(source);
  made += 1;
  if (fresh && isBranch(event)) event.id = `evt_fuzz_${made}`;
  if (type !== null && isBranch(event)) event.type = type;
  for (const { walk, to } of changes) event = replaceAt(event, walk, to);
  return event as StripeEvent;
}

/** Follows the walk down the tree and replaces what is at its end; `undefined` takes it away. */
function replaceAt(value: unknown, walk: readonly number[], to: unknown): unknown {
  const [step, ...rest] = walk;
  if (step === undefined || !isBranch(value)) return to;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return to;
  value[key] = replaceAt(value[key], rest, to);
  return value;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
