import { readFileSync, writeFileSync } from "node:fs";
import { describeApi } from "./describe-api.js";

// Part of the build: what `@tollgate/core/openapi.json` exports.
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const document = JSON.stringify(describeApi(version), null, 2);
writeFileSync(new URL("../dist/openapi.json", import.meta.url), `${document}\n`);
