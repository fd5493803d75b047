/** A Fetch handler. */
export type Handler = (request: Request) => Promise<Response>;
