import type { Sandbox } from "../src/index.js";
import { checkShape } from "./check-shape.js";

/** What was found to be in order, so that equal answers of many tests are checked once. */
const sound = new Set<string>();

const faultsOf = (json: string): string[] => {
  if (sound.has(json)) return [];
  const object = JSON.parse(json);
  // Our own answers are declared nowhere.
  if (String(object.object).startsWith("sandbox.")) return [];
  // What remains of an object deleted through the second API.
  if (Object.keys(object).join() === "id,object") return [];
  const faults = checkShape(object).filter(
    // The one invoice without an id: https://docs.stripe.com/api/events/types#event_types-invoice.upcoming
    (fault) => fault !== "invoice.id: missing" || !json.includes('"type":"invoice.upcoming"'),
  );
  if (faults.length === 0) sound.add(json);
  return faults;
};

/** Gathers answers as they travel. */
export type Collection = {
  keep(answer: unknown): void;
  /** Every difference of the answers, and of the sandbox's events, from the SDK's declarations. */
  faults(sandbox: Pick<Sandbox, "events">): string[];
};

/** A collection for one sandbox. */
export const createCollection = (): Collection => {
  const answers = new Set<string>();
  return {
    keep: (answer) => {
      answers.add(JSON.stringify(answer));
    },
    faults: (sandbox) => [
      ...new Set([
        ...[...answers].flatMap(faultsOf),
        ...sandbox.events().flatMap((event) => faultsOf(JSON.stringify(event))),
      ]),
    ],
  };
};

type Answered = { getStatusCode(): number; toJSON(): Promise<unknown> };
type Sends<R> = { makeRequest(...request: never[]): Promise<R> };

/** Sends as another client does, and keeps what is answered. */
export const collecting = <R extends Answered, C extends Sends<R>>(client: C, collection: Collection): C => {
  const send = client.makeRequest.bind(client);
  client.makeRequest = async (...request) => {
    const response = await send(...request);
    const read = response.toJSON.bind(response);
    response.toJSON = async () => {
      const answer = await read();
      if (response.getStatusCode() < 300) collection.keep(answer);
      return answer;
    };
    return response;
  };
  return client;
};
