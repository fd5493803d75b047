// billing/store.ts: your Drizzle and billing, on one pool
import { fromDrizzle } from "@tollgate/server/drizzle";
import { postgres } from "@tollgate/server/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
export const db = drizzle(pool);
export const store = postgres(fromDrizzle(db)); // createBilling({ store, … })
