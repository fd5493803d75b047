import { expect, test } from "vitest";
import { checkReturnUrl, withCheckoutId } from "./check-return-url.js";

const context = {
  appOrigin: "https://app.example.com",
  trustedOrigins: new Set(["https://app.example.com", "https://www.example.com"]),
};

test.each([
  ["/", "https://app.example.com/"],
  ["/account?tab=billing#plan", "https://app.example.com/account?tab=billing#plan"],
  ["/a/../b", "https://app.example.com/b"],
  ["/search?next=//evil.example", "https://app.example.com/search?next=//evil.example"],
  ["/caf%C3%A9/a%20b", "https://app.example.com/caf%C3%A9/a%20b"],
  ["https://app.example.com/account", "https://app.example.com/account"],
  ["HTTPS://APP.EXAMPLE.COM:443/account", "https://app.example.com/account"],
  ["https://www.example.com/done", "https://www.example.com/done"],
  ["/a%2Fb/100%25", "https://app.example.com/a%2Fb/100%25"],
  ["/%E0%A4%A", "https://app.example.com/%E0%A4%A"],
  ["/a／b", "https://app.example.com/a%EF%BC%8Fb"],
  ["/a//b", "https://app.example.com/a//b"],
  ["/℀", "https://app.example.com/%E2%84%80"],
])("accepts %s", (value, expected) => {
  expect(checkReturnUrl(value, context).href).toBe(expected);
});

test.each([
  ["another origin", "https://evil.example/account"],
  ["another scheme of the same host", "http://app.example.com/"],
  ["another port", "https://app.example.com:8443/"],
  ["a host that starts like ours", "https://app.example.com.evil.example/"],
  ["a subdomain", "https://x.app.example.com/"],
  ["protocol-relative", "//evil.example"],
  ["three slashes", "///evil.example"],
  ["a backslash for a slash", "/\\evil.example"],
  ["two backslashes", "\\\\evil.example"],
  ["a backslash in the authority", "https://app.example.com\\@evil.example/"],
  ["a scheme without slashes", "https:evil.example"],
  ["a scheme with one slash", "https:/evil.example"],
  ["userinfo", "https://app.example.com@evil.example/"],
  ["userinfo on our own host", "https://user:pass@app.example.com/"],
  ["a tab that parsers drop", "/\t/evil.example"],
  ["a newline that parsers drop", "/\n/evil.example"],
  ["a null", "/\u0000/evil.example"],
  ["a leading space", " //evil.example"],
  ["a no-break space", "/\u00a0/evil.example"],
  ["a byte order mark", "\ufeff//evil.example"],
  ["an encoded slash after the first", "/%2F%2Fevil.example"],
  ["an encoded backslash after the first", "/%5Cevil.example"],
  ["a twice encoded slash", "/%252f%252fevil.example"],
  ["a dot segment that leaves two slashes", "/.//evil.example"],
  ["dot segments that leave two slashes", "/a/..//evil.example"],
  ["a small backslash", "/﹨evil.example"],
  ["a small backslash, encoded", "/%EF%B9%A8evil.example"],
  ["a small backslash, encoded twice", "/%25EF%25B9%25A8evil.example"],
  ["a small backslash after a step up", "/a/..%2F﹨evil.example"],
  ["a fullwidth backslash", "/＼evil.example"],
  ["a fraction slash", "/⁄evil.example"],
  ["a division slash", "/∕evil.example"],
  ["a set minus", "/∖evil.example"],
  ["a big solidus", "/⧸evil.example"],
  ["a box drawing slash", "/╱evil.example"],
  ["a fullwidth dot that leaves two slashes", "/．／／evil.example"],
  ["fullwidth dots, a step up", "/a/．．／／evil.example"],
  ["dot segments that are encoded twice", "/%252e%252f%252fevil.example"],
  ["a step up that is encoded", "/a%2F..%2F%2Fevil.example"],
  ["what can't be seen between the slashes", "/\u200b/evil.example"],
  ["a soft hyphen between the slashes", "/\u00ad/evil.example"],
  ["a word joiner, encoded, between the slashes", "/%E2%81%A0/evil.example"],
  ["an ideographic space between the slashes", "/\u3000/evil.example"],
  ["a line break that is encoded twice", "/account%250d%250aLocation:x"],
  ["a line separator, encoded", "/account%E2%80%A8x"],
  ["more layers than anybody needs", `/%${"25".repeat(9)}2fevil.example`],
  ["an encoded line break", "/account%0d%0aLocation:%20https://evil.example"],
  ["an encoded null", "/account%00.png"],
  ["javascript", "javascript:alert(1)"],
  ["data", "data:text/html,hello"],
  ["blob of our own origin", "blob:https://app.example.com/1"],
  ["a path without a slash", "account"],
  ["nothing", ""],
  ["no host", "https://"],
])("refuses %s", (_name, value) => {
  expect(() => checkReturnUrl(value, context)).toThrowError(
    expect.objectContaining({ code: "invalid_return_url" }),
  );
});

test.each([
  ["/", "https://app.example.com/?checkout={CHECKOUT_ID}"],
  ["/done?a=1#top", "https://app.example.com/done?a=1&checkout={CHECKOUT_ID}#top"],
  ["/done?checkout=old&a=1", "https://app.example.com/done?a=1&checkout={CHECKOUT_ID}"],
])("adds the checkout's id to %s, braces as they are", (value, expected) => {
  expect(withCheckoutId(checkReturnUrl(value, context))).toBe(expected);
});
