import type * as z from "zod";
import type { ErrorCode } from "../language/error-status.js";

/** How a route is called. HEAD is answered wherever GET is. */
export type Method = "GET" | "POST" | "DELETE";

/** Who may call: anyone, anyone signed in, managers only, or whoever signs as the provider. */
export type Who = "anyone" | "identified" | "manager" | "signature";

/** What is counted per customer, so that nobody can make Tollgate ask the provider endlessly. */
export type RateLimitKind = "sessions" | "checkout_reads" | "changes" | "promotion_codes";

/** One row of the table. Its key is the method and the path, with `:name` for what varies: `GET /checkout/:id`. */
export interface Route {
  /** What the client, the test fetch and the OpenAPI document call it. */
  readonly name: string;
  /** What it does, in a few words of Markdown. */
  readonly does: string;
  readonly who: Who;
  /** Whether the provider is asked before there is an answer. @default false */
  readonly asksProvider?: boolean;
  /** Whether people come to it by a link from elsewhere, such as a mail: a browser's navigation is let through. @default false */
  readonly isVisited?: boolean;
  /** Whether it sends people on (303) to the `url` of its response. @default false */
  readonly redirects?: boolean;
  /** What a call counts towards. @default nothing */
  readonly limit?: RateLimitKind;
  /** For each `:name` of the path, a value that stands for nothing that exists. */
  readonly params?: Readonly<Record<string, string>>;
  /** For a GET. An unknown key is ignored: links and proxies add their own (`utm_source`). */
  readonly query?: z.ZodType;
  /** JSON. An unknown key is an error: the browser decides nothing else. Every POST has one, unless it is signed. */
  readonly body?: z.ZodType;
  /** Bodies that make sense for the example catalog. The tests that attack every route start from them. */
  readonly examples?: readonly object[];
  readonly response: z.ZodType;
  /** For how many seconds anybody may keep the answer. @default not at all */
  readonly cacheSeconds?: number;
  /** Its own refusals, besides those that all of its kind have: see `refusalsOf`. */
  readonly refuses: readonly ErrorCode[];
}

/** Rows, by method and path. */
export type Routes = Readonly<Record<`${Method} /${string}`, Route>>;
