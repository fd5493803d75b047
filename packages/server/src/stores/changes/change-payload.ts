/** Postgres refuses a payload of 8000 bytes or more (https://www.postgresql.org/docs/current/sql-notify.html). */
const payloadBytes = 7_900;
/**
 * From this many messages at once they are no longer worth sending: an instance that hears "everybody" reads again what
 * it needs.
 */
const maximumMessages = 8;

/** What one instance tells the others. */
interface ChangeMessage {
  /** Which store sent it: that one already knows. */
  readonly from: string;
  /** Whose state changed; `null`: anybody's. */
  readonly ids: readonly string[] | null;
}

/** The messages that name all those customers, each small enough; or one that names everybody. */
export function toPayloads(from: string, ids: Iterable<string> | null): readonly string[] {
  const everybody = [JSON.stringify({ from, ids: null } satisfies ChangeMessage)];
  if (ids === null) return everybody;
  const payloads: string[] = [];
  let batch: string[] = [];
  let bytes = 0;
  const close = () => {
    if (batch.length > 0) payloads.push(JSON.stringify({ from, ids: batch } satisfies ChangeMessage));
    batch = [];
    bytes = 0;
  };
  const frame = JSON.stringify({ from, ids: [] } satisfies ChangeMessage).length;
  for (const id of ids) {
    const size = Buffer.byteLength(JSON.stringify(id)) + 1;
    if (frame + size > payloadBytes) return everybody;
    if (frame + bytes + size > payloadBytes) close();
    if (payloads.length >= maximumMessages) return everybody;
    batch.push(id);
    bytes += size;
  }
  close();
  return payloads;
}

/** What a payload says; one that we don't understand may mean anything, so anybody may have changed. */
export function readPayload(payload: string): ChangeMessage {
  const unknown: ChangeMessage = { from: "", ids: null };
  try {
    const { from, ids }: { from?: unknown; ids?: unknown } = JSON.parse(payload) ?? {};
    if (typeof from !== "string") return unknown;
    return { from, ids: Array.isArray(ids) && ids.every((id) => typeof id === "string") ? ids : null };
  } catch {
    return unknown;
  }
}
