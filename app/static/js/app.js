// Comfort only: every page works without this file. Pages say what they want with data-behavior.
import { connect, disconnect } from "./behaviors.js";

connect(document.body);
document.addEventListener("htmx:load", (event) => connect(event.target));
document.addEventListener("htmx:beforeCleanupElement", (event) => disconnect(event.target));
