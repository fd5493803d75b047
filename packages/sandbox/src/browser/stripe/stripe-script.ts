import { installStripe } from "./install-stripe.js";

// A classic script knows where it came from, and that is the sandbox it must talk to.
const script = document.currentScript;
if (script instanceof HTMLScriptElement) installStripe(window, { apiBase: new URL(script.src).origin });
