import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { findTokenOwner, issueToken } from "../../../../server/accounts/actions.ts"
import { postComment } from "../../../../server/comments/actions.ts"
import { suggestEdit } from "../../../../server/moderation/proposals/actions.ts"
import { askForPurge, confirmPurge, hide } from "../../../../server/moderation/redaction/actions.ts"
import { cleanOut } from "../../../../server/moderation/redaction/clean-files.ts"
import { keepDraft } from "../../../../server/pages/drafts/actions.ts"
import { renamePage, restorePage, savePage } from "../../../../server/pages/actions.ts"
import type { Page } from "../../../../server/pages/model.ts"
import { catchUp } from "../../../../server/search/actions.ts"
import { verifySite } from "../../../../server/transfer/verify.ts"
import type { User } from "../../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"

const slug = "krome-detention-center"
const WORDS = "Quetzalcoatl Vandermeer of bunk nineteen"
const isSqlite = process.env.TEST_ENGINE !== "postgres"

let site: TestSite
let editor: User
let mona: User
let max: User
let page: Page

beforeEach(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  mona = await site.user("Mona", "moderator")
  max = await site.user("Max", "moderator")
  page = (await site.page(editor)).page
})

afterEach(() => site.close())

const save = (markdown: string, base: number, more: { summary?: string; title?: string } = {}) =>
  savePage(site.ctx, mona, { slug, base, markdown, ...more })

/** Hides, asks and confirms as two people would; then the job cleans the files. */
async function purge(input: Omit<Parameters<typeof hide>[2], "slug" | "audience" | "reason">): Promise<string> {
  const { id } = await hide(site.ctx, mona, { slug, audience: "everyone", reason: "It tells who a person is", ...input })
  await askForPurge(site.ctx, mona, id, true)
  await confirmPurge(site.ctx, max, id)
  await cleanOut(site.ctx)
  return id
}

/** The files under DATA_DIR that have these bytes, plain, as JSON has them, or folded as the search index does. */
function filesWith(text: string, folder = site.dataDir): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return [text, text.toLowerCase()].some((spelling) => bytes.includes(Buffer.from(spelling)))
    })
}

const faults = async () => (await verifySite(site.ctx, () => {})).faults

describe("a purge", () => {
  it("takes a second moderator, and never the one who asked", async () => {
    await save("Other words.", 1)
    const { id } = await hide(site.ctx, mona, { slug, part: "text", number: 1, audience: "readers", reason: "It tells who a person is" })
    await expect(confirmPurge(site.ctx, max, id)).rejects.toMatchObject({ code: "conflict" })
    await expect(askForPurge(site.ctx, editor, id, true)).rejects.toMatchObject({ code: "forbidden" })
    await askForPurge(site.ctx, mona, id, true)
    await expect(confirmPurge(site.ctx, editor, id)).rejects.toMatchObject({ code: "forbidden" })
    await expect(confirmPurge(site.ctx, mona, id)).rejects.toMatchObject({ code: "forbidden" })
    await confirmPurge(site.ctx, max, id)
    await expect(confirmPurge(site.ctx, max, id)).rejects.toMatchObject({ code: "conflict" })
  })

  it("leaves the words of a span in no file, across marks, in facts, drafts, summaries, search and mail alike", async () => {
    await save(`A center in Miami.\n\nAsk for ${WORDS} at the gate.\n\nAnd **Quetzalcoatl Vander**meer of bunk nineteen again.`, 1, { summary: `Name ${WORDS}` })
    await save(`A center in Miami.\n\nAsk for ${WORDS} at the door.`, 2, { title: `Krome and ${WORDS}` })
    await save("A center in Miami.\n\nAsk at the door.", 3, { title: "Krome Detention Center" })
    await catchUp(site.ctx)
    await keepDraft(site.ctx, editor, { ...page, revision: 4 }, { title: "Krome", kind: "facility" as const, summary: "", format: "markdown", body: `Draft on ${WORDS}.`, base: 4, version: 0, left: false, suggest: false, section: null, tab: null, part: null })
    await postComment(site.ctx, mona, { slug, name: "", body: `Regards to ${WORDS} from all of us.` })
    if (isSqlite) expect(filesWith(WORDS)).not.toEqual([])
    const id = await purge({ part: "span", words: WORDS })
    if (isSqlite) expect(filesWith(WORDS)).toEqual([])
    if (isSqlite) expect(filesWith("Vandermeer")).toEqual([])
    expect(await faults()).toEqual([])
    const old = (await (await site.browser()).get(`/wiki/${slug}/revisions/2`)).body
    expect(old).toContain("removed for good by a moderator: It tells who a person is")
    expect(old).toContain("A center in Miami.")
    const told = await (await site.browser(mona)).get(`/moderation/redactions/${id}`)
    expect(told.body).toContain("Backups and exports made before")
  })

  it("leaves nothing of a whole text that no other revision shares", async () => {
    await save(`A center in Miami.\n\n${WORDS} sleeps there.`, 1)
    await save("A center in Miami.\n\nNobody sleeps there.", 2)
    await catchUp(site.ctx)
    await purge({ part: "text", number: 2 })
    if (isSqlite) expect(filesWith(WORDS)).toEqual([])
    expect(await faults()).toEqual([])
    expect((await (await site.browser()).get(`/wiki/${slug}`)).body).toContain("A center in Miami.")
  })

  it("leaves nothing of a summary, and the hash of its revision holds", async () => {
    await save("Other words.", 1, { summary: `Told by ${WORDS}` })
    await purge({ part: "summary", number: 2 })
    if (isSqlite) expect(filesWith(WORDS)).toEqual([])
    expect(await faults()).toEqual([])
    expect((await (await site.browser()).get(`/wiki/${slug}/history`)).body).toContain("removed for good by a moderator: It tells who a person is")
  })

  it("leaves nothing of a comment, and a stone in its place", async () => {
    const { comment } = await postComment(site.ctx, mona, { slug, name: "", body: `I know ${WORDS} well.` })
    await purge({ part: "comment", comment: comment.id })
    if (isSqlite) expect(filesWith(WORDS)).toEqual([])
    expect((await (await site.browser()).get(`/wiki/${slug}`)).body).toContain("This comment was hidden by a moderator: It tells who a person is")
  })

  it("leaves nothing of a name: its account goes on under one that tells nothing", async () => {
    const name = "Quetzalcoatl-Vandermeer"
    const poster = await site.user(name)
    const token = await issueToken(site.ctx, name)
    await savePage(site.ctx, poster, { slug, base: 1, markdown: "A center in Miami, Florida." })
    const elsewhere = (await site.page(poster, { title: "Baker County" })).page
    await postComment(site.ctx, poster, { slug, name: "", body: "I called." })
    await postComment(site.ctx, mona, { slug, name: "", body: `Thank you, ${name}.` })
    await suggestEdit(site.ctx, poster, { slug, name, base: 2, markdown: "A center in Miami." })
    const reader = await site.browser()
    expect((await reader.get(`/wiki/${elsewhere.slug}/history`)).body).toContain(name)
    const id = await purge({ part: "name", number: 2 })
    if (isSqlite) expect(filesWith(name)).toEqual([])
    for (const url of [`/wiki/${slug}`, `/wiki/${slug}/history`, `/wiki/${elsewhere.slug}/history`, "/moderation/log", "/changes"]) expect((await reader.get(url)).body).not.toContain(name)
    expect((await reader.get(`/wiki/${elsewhere.slug}/history`)).body).toContain(`Removed ${poster.id.slice(0, 8)}`)
    expect((await reader.get(`/users/${name}`)).statusCode).toBe(404)
    expect((await findTokenOwner(site.ctx, token)).id).toBe(poster.id)
    expect(await faults()).toEqual([])
    expect((await (await site.browser(mona)).get(`/moderation/redactions/${id}`)).body).toContain("removed for good")
  })

  it("takes old addresses made of the words as well", async () => {
    await renamePage(site.ctx, mona, { slug, newSlug: "quetzalcoatl-vandermeer-of-bunk-nineteen" })
    await renamePage(site.ctx, mona, { slug, newSlug: slug })
    await save(`Ask for ${WORDS}.`, 1)
    await save("Ask at the door.", 2)
    await purge({ part: "span", words: WORDS })
    if (isSqlite) expect(filesWith("quetzalcoatl-vandermeer")).toEqual([])
    expect(await faults()).toEqual([])
    expect((await (await site.browser()).get("/wiki/quetzalcoatl-vandermeer-of-bunk-nineteen")).statusCode).toBe(404)
  })

  it("lets the page be edited and restored afterwards, and still verifies", async () => {
    await save(`One.\n\nAsk for ${WORDS} at the gate.\n\nThree.`, 1)
    await save("One.\n\nThree.", 2)
    await purge({ part: "span", words: WORDS })
    await restorePage(site.ctx, mona, { slug, number: 2, base: 3 })
    await savePage(site.ctx, mona, { slug, base: 4, markdown: "One.\n\nTwo.\n\nThree." })
    expect(await faults()).toEqual([])
  })

  it("shows any tampering with the events afterwards", async () => {
    await save("Other words.", 1, { summary: `Told by ${WORDS}` })
    await purge({ part: "summary", number: 2 })
    await site.ctx.db.write((tx) => tx.updateTable("events").set({ subject: "7" }).where("seq", "=", 5).execute())
    expect((await faults()).join()).toContain("Event 5 was altered")
  })
})
