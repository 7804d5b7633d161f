/** Milliseconds that somebody counts as being there after the last sign of them: a phone looks away for a moment. */
const LINGER = 60_000

/** Somebody who has a page open for writing. */
export interface Present {
  name: string
  /** The heading they write under; null when it is not known. */
  section: string | null
}

interface Tab extends Present {
  userId: string
  /** Told when somebody else comes, goes or moves on; null while the tab is not listening. */
  listen: ((others: Present[]) => void) | null
  seenAt: number
  /** Whether the person has saved or discarded what they wrote here, and nothing since. */
  finished: boolean
}

/** What one process of a site tells the others of a tab. */
export interface Sign extends Present {
  pageId: string
  tab: string
  userId: string
  finished: boolean
  /** Whether something changed; else it is a sign of life. */
  isNews: boolean
}

/** Who is writing which page, in memory alone: it never blocks anybody and never becomes history. */
export class Presence {
  readonly #clock: () => Date
  readonly #turned: (pageId: string) => void
  readonly #pages = new Map<string, Map<string, Tab>>()
  /** The pages that somebody was writing when their readers were last told. */
  readonly #written = new Set<string>()
  /** Tells the other processes of the site, where there are any. */
  share: (sign: Sign) => void = () => {}

  /** `turned` is called for each page that somebody begins to write, and that nobody writes any more. */
  constructor(clock: () => Date, turned: (pageId: string) => void = () => {}) {
    this.#clock = clock
    this.#turned = turned
  }

  /** The people writing a page, each once, without `except`. */
  at(pageId: string, except: string | null = null): Present[] {
    this.#turn(pageId)
    return this.#people(pageId, except)
  }

  /** Tells `listen` who else is there, now and at every change. The answer takes the tab away again. */
  enter(pageId: string, tab: string, person: { id: string; name: string }, listen: (others: Present[]) => void): () => void {
    const tabs = this.#living(pageId)
    const section = tabs.get(tab)?.section ?? null
    const own: Tab = { userId: person.id, name: person.name, section, listen, seenAt: this.#clock().getTime(), finished: false }
    tabs.set(tab, own)
    this.#pages.set(pageId, tabs)
    this.#share(pageId, tab, own, true)
    this.#tell(pageId)
    return () => {
      own.listen = null
      own.seenAt = this.#clock().getTime()
      this.#share(pageId, tab, own, false)
      if (own.finished && tabs.get(tab) === own) tabs.delete(tab)
    }
  }

  /** Notes a sign of life, and under which heading it was. Tabs that never entered are not made up. */
  move(pageId: string, tab: string, userId: string, section: string | null): void {
    const own = this.#pages.get(pageId)?.get(tab)
    if (!own || own.userId !== userId) return
    own.seenAt = this.#clock().getTime()
    const isNews = own.section !== section || own.finished
    Object.assign(own, { section, finished: false })
    this.#share(pageId, tab, own, isNews)
    if (isNews) this.#tell(pageId)
  }

  /** Somebody has finished: saved, or discarded what they wrote. */
  leave(pageId: string, userId: string): void {
    const tabs = this.#pages.get(pageId)
    if (!tabs) return
    for (const [tab, own] of tabs) {
      if (own.userId !== userId) continue
      // The tab may still be open, here or at another process: what is written there next is a sign of life.
      own.finished = true
      this.#share(pageId, tab, own, true)
    }
    this.#tell(pageId)
  }

  /** Takes in what another process tells. */
  hear({ pageId, tab, isNews, ...told }: Sign): void {
    const tabs = this.#living(pageId)
    const known = tabs.get(tab)
    if (known && known.userId !== told.userId) return
    const seenAt = this.#clock().getTime()
    if (known) Object.assign(known, isNews ? told : {}, { seenAt })
    else tabs.set(tab, { ...told, listen: null, seenAt })
    this.#pages.set(pageId, tabs)
    if (isNews || !known) this.#tell(pageId)
  }

  /** Tells everybody again: those who went silent are gone by now. To be called several times in the time that people linger. */
  tend(): void {
    for (const [pageId, tabs] of [...this.#pages]) {
      for (const [tab, own] of tabs) if (own.listen) this.#share(pageId, tab, own, false)
      const before = this.#pages.get(pageId)!.size
      const now = this.#living(pageId).size
      if (now !== before) this.#tell(pageId)
      else this.#turn(pageId)
      if (now === 0) this.#pages.delete(pageId)
    }
  }

  #share(pageId: string, tab: string, { userId, name, section, finished }: Tab, isNews: boolean): void {
    this.share({ pageId, tab, userId, name, section, finished, isNews })
  }

  #living(pageId: string): Map<string, Tab> {
    const tabs = this.#pages.get(pageId) ?? new Map<string, Tab>()
    const oldest = this.#clock().getTime() - LINGER
    for (const [id, { listen, seenAt }] of tabs) if (!listen && seenAt < oldest) tabs.delete(id)
    return tabs
  }

  #people(pageId: string, except: string | null): Present[] {
    const tabs = this.#living(pageId)
    const people = new Map<string, Present>()
    for (const { userId, name, section, finished } of tabs.values()) {
      if (userId !== except && !finished) people.set(userId, { name, section: section ?? people.get(userId)?.section ?? null })
    }
    return [...people.values()]
  }

  #tell(pageId: string): void {
    this.#turn(pageId)
    for (const { userId, listen } of this.#living(pageId).values()) listen?.(this.#people(pageId, userId))
  }

  // Whoever finds out first: some go silent, which nobody notices at once.
  #turn(pageId: string): void {
    const isWritten = this.#people(pageId, null).length > 0
    if (isWritten === this.#written.has(pageId)) return
    if (isWritten) this.#written.add(pageId)
    else this.#written.delete(pageId)
    this.#turned(pageId)
  }
}
