import { wiki } from "../pages/model.ts"
import type { PagePanel } from "../web/panels.ts"

/** Tells feed readers where a page's feeds are. */
export const feedPanel: PagePanel = {
  name: "feeds",
  load: async () => null,
  head: (page) => (
    <>
      <link rel="alternate" type="application/atom+xml" href={`${wiki(page)}/feed.atom`} title={`${page.title}: changes`} />
      <link rel="alternate" type="application/atom+xml" href={`${wiki(page)}/comments.atom`} title={`${page.title}: comments`} />
    </>
  ),
}
