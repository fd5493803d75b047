import pg from "pg";

/** The same number of connections for everybody: the default of `pg`. */
const poolSize = 10;

/** A pool whose connections stay, so that no round pays for opening them. */
export function openPool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString, max: poolSize, idleTimeoutMillis: 0 });
}

/** Creates an empty database in the server and returns its URL. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await runOn(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database with all connections to it. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await runOn(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** Runs statements one after another over a connection of their own; returns the last one's rows. */
export async function runOn(url: string, ...statements: readonly string[]): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: readonly object[] = [];
    for (const statement of statements) rows = (await client.query<object>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
