import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"

/** As in server/web/form-proof.ts. */
const WORK_BITS = 17
/** Milliseconds of looking before the page may answer to a finger again. */
const SLICE = 12

for (const form of document.querySelectorAll<HTMLFormElement>("form.comment-form")) prove(form)

/** Has the form do its work when it is sent, and send itself then. Without a seal, or on a preview, it is sent as it is. */
function prove(form: HTMLFormElement): void {
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement | null
  form.addEventListener("submit", (event) => {
    const button = event.submitter as HTMLButtonElement | null
    const [seal, nonce, body] = [field("seal"), field("nonce"), field("body")]
    if (!seal || !nonce || !body || nonce.dataset.of === body.value || button?.hasAttribute("formaction")) return
    event.preventDefault()
    const before = button?.textContent ?? ""
    if (button) [button.disabled, button.textContent] = [true, "Sending…"]
    const words = body.value
    void work(`${seal.value}\n${wire(words)}\n`).then((found) => {
      nonce.value = found
      nonce.dataset.of = words
      if (button) [button.disabled, button.textContent] = [false, before]
      form.requestSubmit(button)
    })
  })
}

// A browser sends the lines of a text with CR and LF; the server sees them so.
function wire(words: string): string {
  return words.replace(/\r\n|\r|\n/g, "\r\n")
}

async function work(start: string): Promise<string> {
  const hashed = sha256.create().update(utf8ToBytes(start))
  for (let number = 0; ; ) {
    const until = performance.now() + SLICE
    while (performance.now() < until) {
      for (let tries = 0; tries < 200; tries++) {
        const nonce = (number++).toString(36)
        const found = hashed.clone().update(utf8ToBytes(nonce)).digest()
        const head = ((found[0]! << 24) | (found[1]! << 16) | (found[2]! << 8) | found[3]!) >>> 0
        if (head >>> (32 - WORK_BITS) === 0) return nonce
      }
    }
    await new Promise((done) => setTimeout(done))
  }
}
