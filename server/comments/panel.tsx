import type { Context } from "../context.ts"
import { findLivePage } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import { sealForm } from "../web/form-proof.ts"
import { renderFragment } from "../web/html.tsx"
import type { PagePanel, PanelPage } from "../web/panels.ts"
import { slot } from "../web/slots.ts"
import { readMarks } from "./quotes/actions.ts"
import { Marks } from "./quotes/views.tsx"
import { idsOf, readBelowPage } from "./shown.ts"
import { Comments } from "./views.tsx"

/** The comments that stand under every page, and beside its passages the marks of those that speak of them. */
export function commentsPanel(ctx: Context): PagePanel {
  // One rendering asks twice.
  const asked = new WeakMap<PanelPage, Promise<Below | null>>()
  const below = (page: PanelPage) => {
    const known = asked.get(page) ?? readBelow(ctx, page)
    asked.set(page, known)
    return known
  }
  return {
    name: "comments",
    load: async (page) => {
      const found = await below(page)
      return found && Comments({ page, seal: sealForm(ctx.keyed, ctx.clock()), own: slot("own"), isBelowPage: true, ...found })
    },
    marks: async (page) => {
      const found = await below(page)
      if (!found) return new Map()
      const shown = new Set(idsOf(found.threads))
      const marks = await readMarks(ctx, found.at)
      return new Map([...marks].map(([id, those]) => [id, renderFragment(<Marks page={page} marks={those} shown={shown} />)]))
    },
  }
}

type Below = Awaited<ReturnType<typeof readBelowPage>> & { at: Page }

async function readBelow(ctx: Context, page: PanelPage): Promise<Below | null> {
  const at = await findLivePage(ctx.db.read, page.id)
  return at ? { at, ...(await readBelowPage(ctx, at)) } : null
}
