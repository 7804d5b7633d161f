import type { Context } from "../context.ts"
import type { PagePanel } from "../web/panels.ts"
import { readMediaOn } from "./actions.ts"
import { PicturesOnPage } from "./views.tsx"

/** Under a page that shows pictures or links to files: whose they are, on which terms, and the page about each. */
export function mediaPanel(ctx: Context): PagePanel {
  return {
    name: "media",
    load: async (page) => {
      const shown = await readMediaOn(ctx, page.id)
      return shown.length > 0 ? PicturesOnPage({ shown }) : null
    },
  }
}
