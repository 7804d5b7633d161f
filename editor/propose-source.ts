import { dateText } from "./document/dates.ts"

/** A name for what stands at a web address, as it says of itself; null when it says nothing or cannot be asked. */
export type ProposeSource = (address: string, signal: AbortSignal) => Promise<string | null>

interface Proposal {
  state: "asked" | "found" | "failed"
  title: string
  publisher: string
  publishedOn: string
}

/** Milliseconds between looks, and how often: the site asks the address after it has answered us. */
const PAUSE = 800
const LOOKS = 15

/** Has the site ask the address, and waits for what comes of it. Never rejects. */
export const proposeSource: ProposeSource = async (address, signal) => {
  try {
    for (let look = 0; look < LOOKS && !signal.aborted; look++) {
      const proposal = await ask(address, signal)
      if (proposal.state === "found") return nameOf(proposal)
      if (proposal.state === "failed") return null
      await new Promise((done) => setTimeout(done, PAUSE))
    }
  } catch {
    // The person types the title, as ever.
  }
  return null
}

async function ask(address: string, signal: AbortSignal): Promise<Proposal> {
  const token = document.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? ""
  const answer = await fetch("/sources/new", {
    method: "POST",
    signal,
    headers: { accept: "application/json", "content-type": "application/json", "x-csrf-token": token },
    body: JSON.stringify({ address }),
  })
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`)
  return (await answer.json()) as Proposal
}

/** "The agency: Annual report, 23 August 2023" */
function nameOf({ title, publisher, publishedOn }: Proposal): string {
  const named = publisher === "" || title.includes(publisher) ? title : `${publisher}: ${title}`
  return publishedOn === "" ? named : `${named}, ${dateText(publishedOn)}`
}
