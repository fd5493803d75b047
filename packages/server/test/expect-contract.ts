import { errorResponse, findRoutes, type Route, refusalsOf, routes } from "@tollgate/core/contract";
import { expect } from "vitest";

/** Expects a route to answer what its row in the contract says: its own response, or a refusal that it names. */
export function expectContract(request: Request, status: number, body: unknown): void {
  const found = findRoutes(new URL(request.url).pathname).find(({ method }) => method === request.method);
  if (found === undefined || isMisplaced(body)) return;
  const route: Route = routes[found.key];
  if (status === (route.redirects ? 303 : 200)) {
    expect(route.response.safeParse(body), `${found.key} gave something else`).toMatchObject({
      success: true,
    });
    return;
  }
  const { code } = errorResponse.parse(body).error;
  expect(refusalsOf(found.key), `${found.key} answered with a code that its row does not name`).toContain(
    code,
  );
}

/** Asked outside the handler's `basePath`, where no route is. */
function isMisplaced(body: unknown): boolean {
  const { success, data } = errorResponse.safeParse(body);
  return success && data.error.code === "not_found";
}
