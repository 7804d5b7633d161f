import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { backUp } from "../../../server/transfer/backup.ts"
import { restore } from "../../../server/transfer/restore.ts"
import { habeas } from "../../helpers/command.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"
import { pdfOf, picture, uploader } from "../../helpers/uploads.ts"

let site: TestSite
let folder: string

beforeAll(async () => {
  site = await openTestSite()
  folder = mkdtempSync(join(tmpdir(), "habeas-media-"))
})
afterAll(async () => {
  await site.close()
  rmSync(folder, { recursive: true, force: true })
})

it("carries uploaded pictures and files through a backup, and says when one of them is lost", async () => {
  const rosa = await uploader(site, await site.user("Rosa"))
  const { src } = await rosa.upload({ name: "gate.png", bytes: await picture(1000, 500).png().toBuffer() })
  await rosa.upload({ name: "report.pdf", bytes: await pdfOf("Ana") })
  const [file, dataDir] = [join(folder, "site.tar.gz"), join(folder, "restored")]
  await backUp(site.ctx.config, site.ctx.db, file, () => {})
  await restore({ ...site.ctx.config, dataDir }, file, { replace: false, now: site.now() }, () => {})
  const place = join("media", src.slice(7, 9), src.slice(9, 11), src.slice(7))
  expect(readFileSync(join(dataDir, place)).equals(readFileSync(join(site.dataDir, place)))).toBe(true)
  expect(await habeas(["verify"], { dataDir })).toMatchObject({ code: 0, out: expect.stringMatching(/2 files: all is well/) })
  rmSync(join(dataDir, place))
  expect(await habeas(["verify"], { dataDir })).toMatchObject({ code: 1, out: expect.stringContaining(`media/${src.slice(7)} is missing.`) })
})
