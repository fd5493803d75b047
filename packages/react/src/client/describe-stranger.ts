/** An answer that is not what Tollgate's handler gives at this address. */
export interface StrangeAnswer {
  /** Method and address, as asked. */
  readonly asked: string;
  /** The prop of `BillingProvider`. */
  readonly endpoint: string;
  readonly answer:
    | { readonly kind: "none"; readonly cause: unknown }
    | { readonly kind: "misplaced"; readonly basePath: string }
    | {
        readonly kind: "stranger";
        readonly status: number;
        readonly contentType: string;
        /** Where it finally came from; `null` without a redirect. */
        readonly redirectedTo: string | null;
      };
}

/** Says who answered what, why that is likely, and what to do; for a developer's console. */
export function describeStranger({ asked, endpoint, answer }: StrangeAnswer): string {
  if (answer.kind === "none") {
    return (
      `Tollgate: ${asked} was not answered (${answer.cause}). \`endpoint\` is "${endpoint}". Does a server run ` +
      "there, and does nothing send its visitors elsewhere to sign in? Mount the handler, or a proxy to it, on the " +
      "page's own origin."
    );
  }
  if (answer.kind === "misplaced") {
    return (
      `Tollgate: ${asked} reached the handler, but its \`basePath\` is "${answer.basePath}" and \`endpoint\` is ` +
      `"${endpoint}". Give createBilling and BillingProvider the same path, the one under which the handler is mounted.`
    );
  }
  const { status, contentType, redirectedTo } = answer;
  const by = redirectedTo === null ? "" : `, after a redirect to ${redirectedTo},`;
  const type = contentType === "" ? "" : ` (${contentType})`;
  return `Tollgate: ${asked} was answered${by} with ${status}${type}, and not by the handler. ${adviceOf(answer, endpoint)}`;
}

function adviceOf(
  { status, contentType, redirectedTo }: Extract<StrangeAnswer["answer"], { kind: "stranger" }>,
  endpoint: string,
): string {
  if (redirectedTo !== null || status === 401 || status === 403) {
    return `Something before it sends people away: let "${endpoint}/*" pass what asks them to sign in. The handler asks \`identify\` itself.`;
  }
  const same = `the same path is the \`basePath\` of createBilling and the \`endpoint\` of BillingProvider, which is "${endpoint}" now`;
  if (status === 404 || status === 405) return `Nothing of Tollgate's is mounted there: ${same}.`;
  if (status >= 500) return "A proxy, or the server before it, failed: its log says why.";
  if (contentType.startsWith("text/html")) {
    return `That is a page of the app, as a router gives for any address that it does not know. Mount the handler before it; ${same}.`;
  }
  return `Another route is there: ${same}.`;
}
