import { readFileSync, writeFileSync } from "node:fs";
import { withRoutesTable } from "./routes-table.js";

const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withRoutesTable(readFileSync(readme, "utf8")));
