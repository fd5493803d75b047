/** The server's own tests have it; an app's journey may need a real Postgres too. */
export { startPostgres } from "../packages/server/test/start-postgres.js";
