/**
 * Whether a request comes from a page of this very site: another site's form must not act in the dashboard.
 * Browsers say so in `Sec-Fetch-Site`; older ones, and those that speak plain HTTP to another machine, in `Origin`.
 */
export const isSameOrigin = ({ headers, url }: Request): boolean => {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(url).host;
};
