import { describe, expect, it } from "vitest";
import { describeStranger, type StrangeAnswer } from "./describe-stranger.js";

const asked = "GET /api/billing/access";
const say = (answer: StrangeAnswer["answer"]) =>
  describeStranger({ asked, endpoint: "/api/billing", answer });
const stranger = (status: number, contentType = "text/html", redirectedTo: string | null = null) =>
  say({ kind: "stranger", status, contentType, redirectedTo });

describe("what a developer's console says about an answer that is not the handler's", () => {
  it.each([
    [
      "another server's 404",
      stranger(404),
      [/404 \(text\/html\)/, /not by the handler/, /basePath/, /endpoint/],
    ],
    ["the page of a single-page app", stranger(200), [/200 \(text\/html\)/, /page of the app/, /before it/]],
    [
      "a page to sign in",
      stranger(200, "text/html", "https://app.test/login"),
      [/https:\/\/app\.test\/login/, /sign in/, /identify/],
    ],
    ["a middleware's 401", stranger(401, "application/json"), [/401 \(application\/json\)/, /sign in/]],
    ["a proxy's failure", stranger(502, ""), [/with 502, and/, /log/]],
    ["another route", stranger(200, "application/json"), [/Another route/, /endpoint/]],
    ["no answer", say({ kind: "none", cause: new TypeError("Failed to fetch") }), [/Failed to fetch/, /own/]],
  ] as const)("%s", (_what, said, parts) => {
    for (const part of [/^Tollgate: GET \/api\/billing\/access /, ...parts]) expect(said).toMatch(part);
  });

  it("names both paths when the handler has another `basePath`", () => {
    const said = describeStranger({
      asked: "GET /billing/access",
      endpoint: "/billing",
      answer: { kind: "misplaced", basePath: "/api/billing" },
    });
    expect(said).toMatch(/`basePath` is "\/api\/billing" and `endpoint` is "\/billing"/);
  });
});
