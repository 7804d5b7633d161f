import "./open-now.ts"
import "./quote-passage.ts"

// On a reader's page, which needs none of it: what few readers use is fetched when they come to use it.

const form = document.querySelector("form.comment-form")
form?.addEventListener("focusin", () => void import("./comment-proof.ts"), { once: true })
