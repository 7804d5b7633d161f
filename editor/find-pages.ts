/** A page of the wiki as the search offers it. */
export interface FoundPage {
  slug: string
  title: string
  kind: string
}

/** Looks pages up by words. Throws when the search cannot be reached; `signal` gives it up. */
export type FindPages = (words: string, signal: AbortSignal) => Promise<FoundPage[]>

const SHOWN = 8

export const findPages: FindPages = async (words, signal) => {
  const answer = await fetch(`/api/v1/search?q=${encodeURIComponent(words)}`, {
    signal,
    headers: { Accept: "application/json" },
  })
  if (!answer.ok) throw new Error(`The search answered ${answer.status}.`)
  const { items } = (await answer.json()) as { items: FoundPage[] }
  return items.slice(0, SHOWN)
}
