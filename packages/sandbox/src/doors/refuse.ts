/** Whether an address belongs to the API, whose refusals are JSON. */
export const isApi = (pathname: string): boolean => /^\/v[12](\/|$)/.test(pathname);

/** Turns a request away, so that the `stripe` SDK shows the words as its error's message. */
export const refuse = (request: Request, status: 403 | 413, message: string): Response => {
  const headers = { "x-content-type-options": "nosniff", "cache-control": "no-store" };
  if (!isApi(new URL(request.url).pathname))
    return new Response(`${message}\n`, {
      status,
      headers: { ...headers, "content-type": "text/plain; charset=utf-8" },
    });
  const error = { type: "invalid_request_error", message };
  return Response.json({ error }, { status, headers });
};

/** Logs what was refused, once for each name; a flood of names is not logged. */
export const createTellOnce = (log: (line: string) => void): ((name: string, line: string) => void) => {
  const told = new Set<string>();
  return (name, line) => {
    if (told.has(name) || told.size >= 20) return;
    told.add(name);
    log(line);
  };
};
