/** Where a database is, and which user connects to it, as far as messages may say: never the password. */
export interface DatabaseAddress {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

interface Told extends DatabaseAddress {
  /** Host and port together. */
  readonly server: string;
  /** The system's or the database's code, or its message where it has none. */
  readonly reason: string;
}

type Words = (told: Told) => string;

/**
 * What happened, and what to do, by the system's code or the five-character SQLSTATE
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const byCode: Readonly<Record<string, Words>> = {
  ECONNREFUSED: nobodyListens,
  ENOENT: nobodyListens,
  ENOTFOUND: nameUnknown,
  EAI_AGAIN: nameUnknown,
  ETIMEDOUT: noAnswer,
  EHOSTUNREACH: noAnswer,
  ENETUNREACH: noAnswer,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  CERT_HAS_EXPIRED: notTrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: notTrusted,
  "28P01": ({ server, database, user }) =>
    `Postgres at ${server} refuses the password of the user "${user}" for the billing database "${database}". Correct the user or the password that billing connects with.`,
  "3D000": ({ server, database }) =>
    `Postgres at ${server} has no database "${database}", where billing should keep its state. Create it (CREATE DATABASE "${database}"), or correct its name.`,
  "53300": ({ server, database }) =>
    `Postgres at ${server} has no connection left for the billing database "${database}". Lower \`max\` of your instances' pools, or put a pooler between.`,
  "57P03": ({ server, database }) =>
    `Postgres at ${server} with the billing database "${database}" is starting or stopping. It is tried again at the next call.`,
};

/** By what `pg` says where it has no code, or where the server's code says too little. */
const byText: readonly (readonly [pattern: RegExp, words: Words])[] = [
  [
    /no pg_hba\.conf entry.*(?:no encryption|SSL off)/s,
    ({ server, database }) =>
      `Postgres at ${server} takes no connection without TLS to the billing database "${database}". Add sslmode=verify-full to the connection string (and sslrootcert=… where its certificate is not publicly signed), or \`ssl\` to the pool.`,
  ],
  [
    /The server does not support SSL connections/,
    ({ server, database }) =>
      `Postgres at ${server} with the billing database "${database}" has no TLS, and the connection asks for it. Leave \`sslmode\` or \`ssl\` out, or turn TLS on at the server.`,
  ],
  [
    /password must be a (?:non-empty )?string|no password supplied/,
    ({ server, database, user }) =>
      `Postgres at ${server} wants a password of the user "${user}" for the billing database "${database}", and the connection has none. Add it to the connection string or the pool.`,
  ],
  [/timeout exceeded when trying to connect|Connection terminated due to connection timeout/, noAnswer],
  [
    /no pg_hba\.conf entry|role ".*" (?:does not exist|is not permitted to log in)/s,
    ({ server, database, user, reason }) =>
      `Postgres at ${server} does not let the user "${user}" into the billing database "${database}": ${reason}. Correct the user, or what the server's pg_hba.conf allows.`,
  ],
];

/** For a failure to connect that comes without any code that says so. */
export function isConnectionFailure(code: string, message: string): boolean {
  return byCode[code] === notTrusted || byText.some(([pattern]) => pattern.test(message));
}

/** A connection's error in words: what happened, at which database, and what to do. */
export function explainConnection(code: string, message: string, address: DatabaseAddress): string {
  const { host, port, database } = address;
  const told = { ...address, server: host.startsWith("/") ? host : `${host}:${port}`, reason: message };
  const words = byText.find(([pattern]) => pattern.test(message))?.[1] ?? byCode[code];
  const rest = `The billing database "${database}" at ${told.server} is out of reach`;
  const sentence = words?.(told) ?? `${rest}: ${message.replace(/\.$/, "")}.`;
  return code === "" ? sentence : `${sentence} (${code})`;
}

function nobodyListens({ server, database }: Told): string {
  return `Nobody listens at ${server}, where the billing database "${database}" should be. Start Postgres, or correct host and port.`;
}

function nameUnknown({ host, database }: Told): string {
  return `The host ${host}, where the billing database "${database}" should be, is not known by that name. Correct it, or look at the network's DNS.`;
}

function noAnswer({ server, database }: Told): string {
  return `No connection to the billing database "${database}" at ${server} came about in time. If nothing answers there, look at firewalls and allow-lists and correct the host; if it does, the pool is too small (\`max\`).`;
}

function notTrusted({ server, database }: Told): string {
  return `The certificate of Postgres at ${server} with the billing database "${database}" is not trusted. Give its authority's certificate (sslrootcert=… in the connection string, \`ssl.ca\` of the pool), or correct the host.`;
}
