import { rebuildFacts } from "../facts/actions.ts"
import { rebuildUses } from "../media/actions.ts"
import { rebuildAuthorship } from "../pages/authorship/actions.ts"
import { rebuildSearch } from "../search/actions.ts"
import { rebuildCitations } from "../sources/actions.ts"
import { type Command, say } from "./command.ts"
import { showProgress } from "./progress.ts"
import { withSite } from "./site.ts"

export const command: Command = {
  help: `Usage: habeas reindex

Makes the search index, the lists of facts, of what pages cite and of the pages that show each
picture, and who wrote which words anew from the pages and their revisions, while the site is served.`,
  takes: [],
  async run() {
    await withSite(async (ctx) => {
      await rebuildFacts(ctx)
      await rebuildCitations(ctx)
      await rebuildUses(ctx)
      await rebuildAuthorship(ctx, showProgress("Going through revisions"))
      await rebuildSearch(ctx, showProgress("Indexing"))
    })
    say("Search and the lists are made anew.")
  },
}
