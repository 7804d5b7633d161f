import { type Command, say } from "./command.ts"
import { showProgress } from "./progress.ts"
import { withSite } from "./site.ts"

export const command: Command = {
  help: `Usage: habeas compact

Keeps earlier texts of pages in less room, while the site is served: each as what distinguishes
it from another. Nothing is lost and every revision opens as before. It can be ended at any point
and run again whenever history has grown; then the file gives back the room it does not need.`,
  takes: [],
  async run() {
    const { packBlocks } = await import("../pages/actions.ts")
    const { settleSearch } = await import("../search/actions.ts")
    const { packed, before, after } = await withSite(async (ctx) => {
      const before = await ctx.db.size()
      const packed = await packBlocks(ctx, showProgress("Packing"))
      await settleSearch(ctx)
      await ctx.db.scour()
      return { packed, before, after: await ctx.db.size() }
    }, { existing: true })
    say(`Packed ${packed} ${packed === 1 ? "paragraph" : "paragraphs"} of earlier texts: ${inMegabytes(before)} before, ${inMegabytes(after)} now.`)
  },
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
