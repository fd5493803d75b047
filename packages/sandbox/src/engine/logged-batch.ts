/** So many events were logged in a row; `at` is when the last of them was, in seconds of the sandbox's clock. */
export type LoggedBatch = { at: number; count: number };
