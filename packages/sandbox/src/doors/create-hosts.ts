/** The names under which the sandbox and the pages that use it are reached. */
export type Hosts = {
  /** Whether a name, as `URL.hostname` spells it, is one of them. */
  has(hostname: string): boolean;
};

const parse = (address: string): URL | undefined => (URL.canParse(address) ? new URL(address) : undefined);

/** The URL that a `Host` header stands for; nothing for what is not `host` or `host:port`. */
export const hostUrl = (header: string): URL | undefined =>
  /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(header) ? parse(`http://${header}`) : undefined;

/** The URL of an `Origin` header; nothing for `null`, which any page can make itself send. */
export const originUrl = (header: string): URL | undefined => parse(header);

const withoutDot = (hostname: string): string => hostname.replace(/\.$/, "");

/** These names lead to this machine, whoever asks: nobody else can own them, so nobody can rebind them. */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" ||
  hostname.endsWith(".localhost") ||
  hostname === "[::1]" ||
  /^127(\.\d+){3}$/.test(hostname);

/** A name as it is compared. A leading dot stands for every name below. */
const readName = (given: string): string => {
  const dot = given.startsWith(".") ? "." : "";
  const name = given.slice(dot.length).replace(/^([\da-f]*:[\da-f:.]+)$/i, "[$1]");
  const url = /^([\w.-]+|\[.+\])$/.test(name) ? hostUrl(name) : undefined;
  if (!url)
    throw new Error(
      "allowedHosts (--allow-host) takes the name of a host, such as sandbox or .example.test, " +
        `without scheme and port; not ${given}`,
    );
  return `${dot}${withoutDot(url.hostname)}`;
};

/**
 * Localhost, loopback addresses, the sandbox's own address, and the given names.
 *
 * @throws Error for a name that can't be one.
 */
export const createHosts = (baseUrl: () => string, given: readonly string[]): Hosts => {
  const names = given.map(readName);
  return {
    has: (hostname) => {
      const name = withoutDot(hostname);
      return (
        isLoopback(name) ||
        name === parse(baseUrl())?.hostname ||
        names.some((one) => (one.startsWith(".") ? name.endsWith(one) : name === one))
      );
    },
  };
};
