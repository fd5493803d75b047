import { fileURLToPath } from "node:url";
import { toExpressHandler } from "@tollgate/server/express";
import express from "express";
import { billing } from "./billing.js";
import { refuse } from "./refuse.js";
import { securityHeaders } from "./security-headers.js";
import { sendHistory } from "./send-history.js";

const client = fileURLToPath(new URL("./client", import.meta.url));
const app = express().disable("x-powered-by");

// Before express.json(): webhooks are verified over exactly the bytes that arrived.
app.use("/api/billing", toExpressHandler(billing));
app.use(securityHeaders);
app.use(express.json());
app.get("/api/history", sendHistory);
app.use(express.static(client));
app.get("/{*page}", (_request, response) => response.sendFile("index.html", { root: client }));
app.use(refuse);

await billing.pushPlans();
// Only this machine can reach the demo, in which everybody is signed in.
const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1");

process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
  void billing.close();
});
