import { createHosts } from "./create-hosts.js";
import { guardHost } from "./guard-host.js";
import { guardPages, isOwn } from "./guard-pages.js";
import type { Handler } from "./handler.js";
import { createTellOnce } from "./refuse.js";

export type Doors = {
  behindHost(next: Handler): Handler;
  behindPages(next: Handler): Handler;
  /** Whether a page of another origin sends a request. */
  isForeign(request: Request): boolean;
};

/** What keeps strange names and strange pages out of one sandbox. */
export const createDoors = (
  baseUrl: () => string,
  allowedHosts: readonly string[],
  log: (line: string) => void,
): Doors => {
  const hosts = createHosts(baseUrl, allowedHosts);
  const tell = createTellOnce(log);
  return {
    behindHost: (next) => guardHost(hosts, tell, next),
    behindPages: (next) => guardPages(hosts, tell, next),
    isForeign: (request) => !isOwn(request, hosts),
  };
};
