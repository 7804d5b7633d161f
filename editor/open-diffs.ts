/** In a list of changes, fetches what changed when somebody opens it; what cannot be fetched keeps its link. */
export function openDiffs(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(".open-diff[data-source]")) {
    details.addEventListener("toggle", () => void open(details))
  }
}

async function open(details: HTMLDetailsElement): Promise<void> {
  const { source } = details.dataset
  if (!details.open || !source || details.dataset.state === "loading") return
  details.dataset.state = "loading"
  details.setAttribute("aria-busy", "true")
  const html = await fetched(source)
  details.removeAttribute("aria-busy")
  details.dataset.state = ""
  if (html === null) return
  delete details.dataset.source
  // Written by the site's own writer of differences, in which every text is escaped.
  const part = new DOMParser().parseFromString(html, "text/html").body.firstElementChild
  if (part) details.querySelector("p")?.replaceWith(part)
}

async function fetched(address: string): Promise<string | null> {
  try {
    const response = await fetch(address)
    return response.ok ? await response.text() : null
  } catch {
    return null
  }
}
