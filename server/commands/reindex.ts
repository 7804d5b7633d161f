import { type Command, say } from "./command.ts"
import { showProgress } from "./progress.ts"
import { withSite } from "./site.ts"

export const command: Command = {
  help: `Usage: habeas reindex

Makes the search index, the lists of facts, of what pages cite and of the pages that show each
picture, and who wrote which words anew from the pages and their revisions, while the site is served.`,
  takes: [],
  async run() {
    const { rebuildFacts } = await import("../facts/actions.ts")
    const { rebuildUses } = await import("../media/actions.ts")
    const { rebuildAuthorship } = await import("../pages/authorship/actions.ts")
    const { rebuildSearch } = await import("../search/actions.ts")
    const { rebuildCitations } = await import("../sources/actions.ts")
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
