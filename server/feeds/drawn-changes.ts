import { setImmediate } from "node:timers/promises"
import { toHtml } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { compare, draw } from "../history/actions.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"

/** Characters of an entry: a reader that keeps a year of a busy site keeps thousands of them. */
const LONGEST = 60_000

const TOO_LONG = "<p>This change is too long for a feed. Read it on the site.</p>"

/** What revisions changed, as HTML for the entries of one feed. */
export class DrawnChanges {
  readonly #ctx: Context
  readonly #pages = new Map<string, Page | undefined>()

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  /** What a revision changed; the whole text of the first one. */
  async of(page: Page, number: number): Promise<string> {
    // Between two comparisons others are answered.
    await setImmediate()
    const html = number > 1 ? await this.#difference(page, number) : toHtml((await readRevision(this.#ctx.db.read, page, 1)).doc, { ids: false })
    return html.length > LONGEST ? TOO_LONG : html
  }

  /** The same for the id of a page; nothing for one that is deleted. */
  async ofId(pageId: string, number: number): Promise<string | undefined> {
    if (!this.#pages.has(pageId)) this.#pages.set(pageId, await findLivePage(this.#ctx.db.read, pageId))
    const page = this.#pages.get(pageId)
    return page && this.of(page, number)
  }

  async #difference(page: Page, number: number): Promise<string> {
    const comparison = await compare(this.#ctx, page, number - 1, number)
    const { list, text } = draw(comparison, "inline", { brief: true })
    return list.length + text.length > LONGEST && list.length <= LONGEST ? list : list + text
  }
}
