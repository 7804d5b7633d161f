import { mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { type Writable, writable } from "../transfer/model.ts"
import { type Command, oneOf, say } from "./command.ts"
import { showProgress } from "./progress.ts"
import { withSite } from "./site.ts"

export const command: Command = {
  help: `Usage: habeas export FORMAT PATH [--page SLUG] [--replace]

Writes every page into the folder PATH, a file each: FORMAT is markdown, html or json.
json holds every revision, a line each, after a line about the page.

  --page SLUG   writes this page alone, into the file PATH ("-": standard output)
  --replace     writes over files that are there`,
  takes: ["FORMAT", "PATH"],
  options: { page: { type: "string" }, replace: { type: "boolean" } },
  async run({ args, options }) {
    const format = oneOf("FORMAT", args.FORMAT, writable)
    const flag = options.replace ? "w" : "wx"
    const { page } = options
    await withSite((ctx) => (typeof page === "string" ? writePage(ctx, format, args.PATH!, page, flag) : writeSite(ctx, format, args.PATH!, flag)), {
      existing: true,
    })
  },
}

async function writePage(ctx: Context, format: Writable, path: string, slug: string, flag: string): Promise<void> {
  const { exportPage } = await import("../transfer/actions.ts")
  const text = await exportPage(ctx, format, slug)
  if (path === "-") process.stdout.write(text)
  else await writeFile(path, text, { flag })
}

async function writeSite(ctx: Context, format: Writable, folder: string, flag: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (flag === "wx" && (await readdir(folder)).length > 0) {
    throw new AppError("conflict", `${folder} is not empty; nothing was written. With --replace, files there are written over.`)
  }
  const { exportSite } = await import("../transfer/actions.ts")
  const progress = showProgress("Writing pages")
  const count = await exportSite(ctx, format, ({ name, text }) => writeFile(join(folder, name), text, { flag }), progress)
  say(`Wrote ${count} ${count === 1 ? "page" : "pages"} to ${folder}.`)
}
