import { wiki } from "../pages/model.ts"
import type { PagePanel } from "../web/panels.ts"

/** Under a page: how to quote it. */
export const citePanel: PagePanel = {
  name: "cite",
  load: async (page) => (
    <p class="cite-page">
      <a href={`${wiki(page)}/cite`} rel="nofollow">
        Cite this page
      </a>
    </p>
  ),
}
