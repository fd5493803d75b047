import { type Hosts, hostUrl } from "./create-hosts.js";
import type { Handler } from "./handler.js";
import { refuse } from "./refuse.js";

/**
 * Answers requests for the sandbox's own names only. A page whose name was made to lead to this machine (DNS
 * rebinding) shares an origin with whatever it asks here, so nothing but the name gives it away.
 *
 * A request without a `Host` came through no network.
 */
export const guardHost =
  (hosts: Hosts, tell: (name: string, line: string) => void, next: Handler): Handler =>
  async (request) => {
    const header = request.headers.get("host");
    if (header === null) return next(request);
    const url = hostUrl(header);
    if (url && hosts.has(url.hostname)) return next(request);
    const name = url?.hostname ?? "a host that is none";
    const message =
      `This sandbox answers at localhost, loopback addresses and the hosts that it was told of, not at ${name}. ` +
      "If that is its name on your network, start it with --allow-host <name>, or list the name in allowedHosts.";
    tell(name, message);
    return refuse(request, 403, message);
  };
