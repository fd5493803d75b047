import type { Clock } from "@tollgate/core";
import { startApp } from "./app-process.js";
import type { Instance } from "./instance.js";

/** Starts an instance in a process of its own; `env` says where its database and its provider are. */
export async function startRemoteInstance(
  env: Readonly<Record<string, string>>,
  clock: Clock,
): Promise<Instance> {
  const app = await startApp(new URL("./instance-process.ts", import.meta.url), env);
  const ask = (path: string, init: { readonly headers?: HeadersInit; readonly body?: string }) => {
    const headers = new Headers(init.headers);
    headers.set("x-now", clock().toISOString());
    return fetch(`${app.url}${path}`, { ...init, method: "POST", headers });
  };
  const order = async (path: string) => {
    const { ok, status } = await ask(path, {});
    if (!ok) throw new Error(`The instance answered ${status} to ${path}.`);
  };
  return {
    async deliver(request, crash) {
      const headers = new Headers(request.headers);
      headers.set("x-crash", JSON.stringify(crash));
      const { pathname } = new URL(request.url);
      return (await ask(pathname, { headers, body: await request.text() })).status;
    },
    finishJobs: () => order("/finish-jobs"),
    reconcile: (customerId) => order(`/reconcile?customer=${encodeURIComponent(customerId)}`),
    async act(customerId, deed, crash) {
      const headers = { "x-crash": JSON.stringify(crash) };
      const { ok, status } = await ask("/act", { headers, body: JSON.stringify({ customerId, deed }) });
      if (!ok) throw new Error(`The instance answered ${status} to ${JSON.stringify(deed)}.`);
    },
    close: () => app.stop(),
  };
}
