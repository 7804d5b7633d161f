/** On a page with a numbered list of changes, n and p lead to the next and the previous one. */
export function stepThroughChanges(): void {
  const list = document.querySelector(".change-index")
  const drawing = document.querySelector(".drawing")
  if (!list || !drawing) return
  const hint = document.createElement("p")
  hint.className = "muted keys"
  hint.textContent = "Press n for the next change, p for the one before."
  list.append(hint)
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const step = event.key === "n" ? 1 : event.key === "p" ? -1 : 0
    if (step !== 0) show(step)
  })
}

/** Goes from the change in the address, or from the beginning, and stays at the last one. */
function show(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".change-index .change-list a[href^='#c']")]
  const now = links.findIndex((link) => link.hash === location.hash)
  const link = links[now === -1 ? 0 : Math.min(links.length - 1, Math.max(0, now + step))]
  if (!link) return
  for (const other of links) other.removeAttribute("aria-current")
  link.setAttribute("aria-current", "true")
  // Not one more step back to leave the page for each change looked at.
  location.replace(link.hash)
  const change = document.getElementById(link.hash.slice(1))
  change?.setAttribute("tabindex", "-1")
  change?.focus({ preventScroll: true })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
}
