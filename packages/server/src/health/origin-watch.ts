import type { Logger } from "../log/logger.js";

/** Notices people who use the app on another origin than the one that they come back to after paying. */
export interface OriginWatch {
  /** Call it with origins at which somebody is signed in and that the options don't name. */
  notice(origin: string): void;
  /** Each such origin, in words. */
  problems(): readonly string[];
}

/** Enough to see what is wrong; whoever is signed in can make up more. */
const mostOrigins = 5;

export function createOriginWatch(parts: {
  readonly appOrigin: string;
  readonly logger: Logger;
}): OriginWatch {
  const { appOrigin, logger } = parts;
  const noticed = new Map<string, string>();
  return {
    notice(origin) {
      if (noticed.has(origin) || noticed.size >= mostOrigins) return;
      const problem = `People use the app at ${origin}, and \`appUrl\` is ${appOrigin}, where they come back to after paying and may not be signed in. Set \`appUrl\` to what the address bar says; further origins belong in \`allowedOrigins\`.`;
      noticed.set(origin, problem);
      logger.warn({ origin, appUrl: appOrigin }, problem);
    },
    problems: () => [...noticed.values()],
  };
}
