// billing/store.ts: your Prisma and billing, on one pool
import { PrismaPg } from "@prisma/adapter-pg";
import { postgres } from "@tollgate/server/postgres";
import { fromPrisma } from "@tollgate/server/prisma";
import { Pool } from "pg";
import { PrismaClient } from "../prisma/generated/client.js"; // where your generator's `output` is

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
export const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
export const store = postgres(fromPrisma(prisma, { pool })); // createBilling({ store, … })
