import type { CallbackOutbox, CallbackQueue } from "@tollgate/core";
import type { SqlRunner } from "../driver/sql-driver.js";
import { deleteCallbacks, listCallbacks, reviveCallback } from "./callback-records.js";
import { endCallbacks } from "./end-callbacks.js";
import { hearTypes } from "./hear-types.js";
import { takeCallbacks } from "./take-callbacks.js";

/** @param added Called when callbacks wait that did not wait before. */
export function createOutbox(sql: SqlRunner, added: () => void): CallbackOutbox & CallbackQueue {
  return {
    takeCallbacks: (options) => takeCallbacks(sql, options),
    endCallbacks: (ended) => endCallbacks(sql, ended),
    async hearCallbacks(types) {
      if (await hearTypes(sql, types)) added();
    },
    listCallbacks: (filter) => listCallbacks(sql, filter),
    async replayCallback(id) {
      const found = await reviveCallback(sql, id);
      if (found) added();
      return found;
    },
    pruneCallbacks: (options) => deleteCallbacks(sql, options),
  };
}
