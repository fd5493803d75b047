import { fileURLToPath } from "node:url";
import { toExpressHandler } from "@tollgate/server/express";
import express from "express";
import { billing } from "./billing.js";

const client = fileURLToPath(new URL("./client", import.meta.url));
const app = express();

// Before express.json(): webhooks are verified over exactly the bytes that arrived.
app.use("/api/billing", toExpressHandler(billing));
app.use(express.json());
app.use(express.static(client));
app.get("/{*page}", (_request, response) => response.sendFile("index.html", { root: client }));

await billing.pushPlans();
const server = app.listen(Number(process.env.PORT ?? 3000));

process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
  void billing.close();
});
