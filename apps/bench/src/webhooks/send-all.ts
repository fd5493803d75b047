import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Load, LoadResult } from "./load.js";

// Bare sockets, because a client that does more takes the processor away from the server that is measured.

/** Sends the requests in their order over kept connections, each of which waits for its answer. */
export async function sendAll(
  { port, clients }: Load,
  requests: readonly Buffer[],
  onSend: (index: number) => void,
): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: clients }, () => open(port)));
  let [next, failures] = [0, 0];
  let failure: string | null = null;
  const work = async (socket: Socket) => {
    const ask = createExchange(socket);
    for (let index = next++; index < requests.length; index = next++) {
      onSend(index);
      const answer = await ask(requests[index] ?? Buffer.alloc(0));
      if (answer.startsWith("HTTP/1.1 200")) continue;
      failures += 1;
      failure ??= answer;
    }
  };
  const started = performance.now();
  await Promise.all(sockets.map(work));
  const milliseconds = performance.now() - started;
  for (const socket of sockets) socket.destroy();
  return { milliseconds, failures, failure };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** Writes a request, and resolves with the answer's text once all of it has arrived. */
function createExchange(socket: Socket): (request: Buffer) => Promise<string> {
  let answer = "";
  let settle: ((answer: string) => void) | undefined;
  let refuse: ((error: Error) => void) | undefined;
  socket.setEncoding("latin1").on("data", (text: string) => {
    answer += text;
    if (!isWhole(answer)) return;
    const whole = answer;
    answer = "";
    settle?.(whole);
  });
  socket.on("error", (error) => refuse?.(error));
  socket.on("close", () => refuse?.(new Error(`The server hung up: ${answer}`)));
  return (request) =>
    new Promise((resolve, reject) => {
      [settle, refuse] = [resolve, reject];
      socket.write(request);
    });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
  return length === undefined ? answer.endsWith("0\r\n\r\n") : answer.length >= end + 4 + Number(length);
}
