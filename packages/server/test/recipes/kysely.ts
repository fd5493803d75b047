// billing/store.ts: your Kysely and billing, on one pool
import { fromKysely } from "@tollgate/server/kysely";
import { postgres } from "@tollgate/server/postgres";
import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";

interface Tables {
  notes: { id: number; text: string }; // yours
}

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
export const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
export const store = postgres(fromKysely(db, { pool })); // createBilling({ store, … })
