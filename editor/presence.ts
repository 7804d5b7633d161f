import { h } from "./dom.ts"

interface Present {
  name: string
  section: string | null
}

/** A line that names the others who write this page, and under which heading, while the tab is in sight. It blocks nobody. */
export function presenceLine(url: string, tab: string): HTMLElement {
  const line = h("p", { class: "editor-presence", role: "status", hidden: true })
  let stream: EventSource | null = null
  const look = () => {
    // Browsers open few connections to one site at once: a tab that nobody looks at does without.
    if (document.visibilityState === "hidden") {
      stream?.close()
      stream = null
    } else if (!stream) {
      stream = new EventSource(`${url}?tab=${tab}`)
      stream.addEventListener("message", ({ data }) => tell(line, JSON.parse(String(data)) as Present[]))
    }
  }
  document.addEventListener("visibilitychange", look)
  look()
  return line
}

function tell(line: HTMLElement, others: Present[]) {
  const named = others.map(({ name, section }) => (section ? `${name} (at “${section}”)` : name))
  const text = others.length === 0 ? "" : `Also writing this page now: ${named.join(", ")}. Changes of both are joined.`
  if (line.textContent !== text) line.textContent = text
  line.hidden = text === ""
}
