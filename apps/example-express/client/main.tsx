import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@tollgate/react/styles.css";
import "./site.css";
import { plans } from "../plans.js";
import { App } from "./app.js";
import { BillingProvider } from "./kit.js";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <BillingProvider plans={plans} endpoint="/api/billing" locale="en-US">
      <App />
    </BillingProvider>
  </StrictMode>,
);
