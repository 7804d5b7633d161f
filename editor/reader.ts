import "./quote-passage.ts"

// On a reader's page, which needs none of it: what only some readers use is fetched when they come to use it.

if (document.querySelector("[data-hours][data-zone]")) void import("./open-now.ts")

const form = document.querySelector("form.comment-form")
form?.addEventListener("focusin", () => void import("./comment-proof.ts"), { once: true })
