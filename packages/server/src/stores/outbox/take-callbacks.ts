import { randomUUID } from "node:crypto";
import { type Callback, type CallbackQueue, type TakenCallback, unpackRecord } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";

interface Row {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly attempts: number;
}

const take = `
  SELECT callback_id AS id, callback_type AS type, callback_data AS data, callback_attempts AS attempts
  FROM tollgate.take_callbacks($1::text[], $2::integer, $3::uuid, $4::integer)`;

export async function takeCallbacks(
  sql: SqlRunner,
  { types, limit, leaseSeconds }: Parameters<CallbackQueue["takeCallbacks"]>[0],
): Promise<readonly TakenCallback[]> {
  const lease = randomUUID();
  const rows = await sql.query<Row>(take, [types, limit, lease, leaseSeconds], "tollgate_take_callbacks");
  return rows.map(({ id, type, data, attempts }) => {
    // Written by `enqueueCallbacks` and read back from our own store.
    const callback = { id, type, data: unpackRecord("callback", data) } as Callback;
    return { callback, attempts, lease };
  });
}
