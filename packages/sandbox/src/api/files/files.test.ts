import type Stripe from "stripe";
import { beforeEach, describe, expect, it } from "vitest";
import { type Connected, connect, refusal } from "../../../test/connect.js";

// https://docs.stripe.com/file-upload, https://docs.stripe.com/api/files and https://docs.stripe.com/api/file_links

const pdf = Buffer.from("%PDF-1.7\n\u0000\u00ff the receipt", "latin1");
let shop: Connected;

beforeEach(async () => {
  shop = await connect();
});

const upload = (fields: Partial<Stripe.FileCreateParams> = {}) =>
  shop.stripe.files.create({
    purpose: "dispute_evidence",
    file: { data: pdf, name: "receipt.pdf", type: "application/octet-stream" },
    ...fields,
  });

const read = (url: string, key?: string) =>
  fetch(url, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });

describe("a file", () => {
  it("is uploaded, found and downloaded as it was, with the secret key alone", async () => {
    const file = await upload();
    expect(file).toMatchObject({
      object: "file",
      expires_at: null,
      filename: "receipt.pdf",
      links: { data: [], url: `/v1/file_links?file=${file.id}` },
      purpose: "dispute_evidence",
      size: pdf.length,
      title: null,
      type: "pdf",
      url: `${shop.sandbox.url}/v1/files/${file.id}/contents`,
    });
    expect(await shop.stripe.files.retrieve(file.id)).toEqual(file);
    const logo = Buffer.from("iVBORw0KGgo=", "base64");
    const other = await upload({ purpose: "business_logo", file: { data: logo, name: "logo.png" } });
    const listed = async (fields: Stripe.FileListParams) =>
      (await shop.stripe.files.list(fields)).data.map(({ id }) => id);
    expect(await listed({})).toEqual([other.id, file.id]);
    expect(await listed({ purpose: "dispute_evidence" })).toEqual([file.id]);
    const contents = await read(`${file.url}`, shop.sandbox.secretKey);
    expect(Buffer.from(await contents.arrayBuffer())).toEqual(pdf);
    expect(contents.headers.get("content-disposition")).toBe("attachment");
    expect((await read(`${file.url}`)).status).toBe(401);
    expect((await read(`${file.url}`, shop.sandbox.publishableKey)).status).toBe(403);
    expect(
      (await read(`${shop.sandbox.url}/v1/files/file_none/contents`, shop.sandbox.secretKey)).status,
    ).toBe(404);
  });

  it("may be larger than any other request", async () => {
    const data = Buffer.concat([pdf, Buffer.alloc(3_000_000)]);
    expect(await upload({ file: { data, name: "long.pdf" } })).toMatchObject({ size: data.length });
  });

  it.each<[string, () => Partial<Stripe.FileCreateParams>, string]>([
    ["of a kind that is no evidence", () => ({ file: { data: "hello", name: "note.txt" } }), "file"],
    ["of nothing", () => ({ file: { data: "", name: "receipt.pdf" } }), "file"],
    [
      "that is too large for it",
      () => ({ file: { data: Buffer.concat([pdf, Buffer.alloc(5_300_000)]), name: "a.pdf" } }),
      "file",
    ],
    ["for an unknown purpose", () => ({ purpose: "fun" as "dispute_evidence" }), "purpose"],
  ])("is refused %s", async (_, fields, param) => {
    const error = await refusal(upload(fields()));
    expect([error.statusCode, error.param]).toEqual([400, param]);
    expect((await shop.stripe.files.list()).data).toEqual([]);
  });

  it("is refused when it is none", async () => {
    const error = await refusal(shop.stripe.rawRequest("POST", "/v1/files", { purpose: "dispute_evidence" }));
    expect([error.code, error.param]).toEqual(["parameter_missing", "file"]);
  });
});

describe("a file link", () => {
  it("lets anybody read the file until it expires", async () => {
    const { id: file } = await upload();
    const link = await shop.stripe.fileLinks.create({ file, metadata: { a: "b" } });
    expect(link).toMatchObject({
      object: "file_link",
      expired: false,
      expires_at: null,
      file,
      metadata: { a: "b" },
    });
    expect(Buffer.from(await (await read(`${link.url}`)).arrayBuffer())).toEqual(pdf);
    const whole = await shop.stripe.fileLinks.retrieve(link.id, { expand: ["file"] });
    expect(whole.file).toMatchObject({ id: file, object: "file" });
    expect((await shop.stripe.files.retrieve(file)).links?.data).toEqual([link]);
    expect(await shop.stripe.fileLinks.update(link.id, { expires_at: "now" })).toMatchObject({
      expired: true,
    });
    expect((await read(`${link.url}`)).status).toBe(404);
    expect((await shop.stripe.fileLinks.list({ expired: false })).data).toEqual([]);
    expect((await shop.stripe.fileLinks.list({ file })).data.map(({ id }) => id)).toEqual([link.id]);
    expect((await refusal(shop.stripe.fileLinks.update(link.id, { expires_at: "" }))).statusCode).toBe(400);
  });

  it("can come with the file", async () => {
    const file = await upload({ file_link_data: { create: true } });
    expect(file.links?.data).toMatchObject([{ object: "file_link", file: file.id }]);
  });
});

describe("evidence of a dispute", () => {
  it("names files that were uploaded", async () => {
    const { stripe } = shop;
    await stripe.paymentIntents.create({
      amount: 2000,
      currency: "usd",
      confirm: true,
      payment_method: "pm_card_createDispute",
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    const [dispute] = (await stripe.disputes.list()).data;
    const id = `${dispute?.id}`;
    const unknown = await refusal(stripe.disputes.update(id, { evidence: { receipt: "file_none" } }));
    expect([unknown.statusCode, unknown.code, unknown.param, unknown.message]).toEqual([
      400,
      "resource_missing",
      "evidence[receipt]",
      "No such file upload: 'file_none'",
    ]);
    const { id: receipt } = await upload();
    const answered = await stripe.disputes.update(id, { evidence: { receipt }, submit: false });
    expect(answered.evidence.receipt).toBe(receipt);
    const { evidence } = await stripe.disputes.retrieve(id, { expand: ["evidence.receipt"] });
    expect(evidence.receipt).toMatchObject({ id: receipt, filename: "receipt.pdf" });
  });
});
