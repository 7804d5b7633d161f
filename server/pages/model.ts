import type { Node } from "prosemirror-model"
import { facts, isSameDocument, type LabelLanguage, sectionOf, SLUG_LENGTH, toText } from "../../editor/document/index.ts"
import { invalid } from "../errors.ts"
import { isAtLeast, type Viewer } from "../web/viewer.ts"
import { regionCode, regions } from "./regions.ts"

export { regionCode, regions } from "./regions.ts"

export const kinds = ["facility", "source", "article"] as const
export type Kind = (typeof kinds)[number]

export interface Page {
  id: string
  slug: string
  title: string
  kind: Kind
  /** Two-letter code of the state a facility is in; null when its address does not tell. */
  region: string | null
  /** The number of the current revision. */
  revision: number
  protection: string
  createdAt: string
  updatedAt: string
  deletedAt: string | null
}

export interface Revision {
  number: number
  hash: string
  title: string
  words: number
  authorId: string
  author: string
  /** Names of everybody whose words it brought in, the author first. */
  contributors: string[]
  summary: string
  /** The number of the revision this one restores. */
  restores: number | null
  /** The numbers of the revisions that this one takes back. */
  undoes: number[]
  /** The number of the revision from which it brings back a part. */
  partOf: number | null
  createdAt: string
  /** Set when moderators hid who wrote it: that they did, and why. */
  nameHidden?: string
}

/** A page at one of its revisions. */
export interface PageAt {
  page: Page
  revision: Revision
  doc: Node
  /** Set when moderators hid the text of this revision: `doc` says so and why. */
  isTextHidden?: boolean
}

/** The page as if the section under this heading were all of it; the page itself without one. Null when it has no such section. */
export function partOf(at: PageAt, section: string | null): PageAt | null {
  const doc = section === null ? at.doc : sectionOf(at.doc, section)
  return doc && { ...at, doc }
}

/** What a section is called: the words of its heading. */
export function sectionName({ doc }: PageAt): string {
  return doc.firstChild!.textContent.trim() || "without a heading"
}

/** Fits a heading on a phone and a line of history. */
export const TITLE_LENGTH = 200
export const SUMMARY_LENGTH = 500

/** A save that was refused can be taken up again for this long, in milliseconds. */
export const ATTEMPT_LIFETIME = 30 * 86_400_000

const SLUG = /^[\p{Ll}\p{Lo}\p{Lm}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{Lm}\p{N}]+)*$/u
/** What is longer is refused before it is even normalised: that takes minutes on a megabyte of accents. */
const RAW_LENGTH = 4_000

// Control, format (bidirectional, zero-width) and unassigned characters; a title is one visible line.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** The title as stored: NFC, single blanks. Throws `invalid`. */
export function readTitle(raw: string): string {
  if (raw.length > RAW_LENGTH) throw invalid("title", `A title has at most ${TITLE_LENGTH} characters; this one has ${raw.length}.`)
  const title = raw.normalize("NFC").trim().replace(/\s+/g, " ")
  if (!title) throw invalid("title", "A page needs a title.")
  if (title.length > TITLE_LENGTH) throw invalid("title", `A title has at most ${TITLE_LENGTH} characters; this one has ${title.length}.`)
  if (UNSEEN.test(title)) throw invalid("title", "The title contains characters that cannot be seen. Please type it again.")
  return title
}

/** Two titles with the same key are one page: letters fold, so "KROME" and "Krome" cannot both exist. */
export function titleKey(title: string): string {
  return title.normalize("NFKC").toLowerCase().normalize("NFC")
}

/** The summary as stored: one line. Throws `invalid`. */
export function readSummary(raw: string): string {
  if (raw.length > RAW_LENGTH) throw invalid("summary", `A summary has at most ${SUMMARY_LENGTH} characters; this one has ${raw.length}.`)
  const summary = raw.normalize("NFC").replace(/\s+/g, " ").trim()
  if (summary.length > SUMMARY_LENGTH) {
    throw invalid("summary", `A summary has at most ${SUMMARY_LENGTH} characters; this one has ${summary.length}.`)
  }
  if (UNSEEN.test(summary)) throw invalid("summary", "The summary contains characters that cannot be seen. Please type it again.")
  return summary
}

/** A slug as somebody chose it. Throws `invalid`. */
export function readSlug(raw: string): string {
  if (raw.length > RAW_LENGTH) throw invalid("slug", `An address has at most ${SLUG_LENGTH} characters.`)
  const slug = raw.normalize("NFC").trim().toLowerCase()
  if (slug.length > SLUG_LENGTH) throw invalid("slug", `An address has at most ${SLUG_LENGTH} characters.`)
  if (!SLUG.test(slug)) throw invalid("slug", "An address is made of small letters, digits and single hyphens, such as krome-detention-center.")
  return slug
}

/** The state a facility is in: from its street address, else from the fact that names it, else from the first address on the page. */
export function regionOf(doc: Node): string | null {
  const known = facts(doc).filter(({ state }) => state === "known")
  const street = known.find(({ key }) => key === "street_address")
  const region = (street && regionCode(street.value)) ?? namedRegion(known.find(({ key }) => key === "state")?.value ?? "")
  if (region || street) return region
  const address = doc.children.find((block) => block.type.name === "address")
  return address ? regionCode(toText(address)) : null
}

function namedRegion(name: string): string | null {
  return regionCode(`, ${name} 00000`)
}

/** The path of a page. */
export function wiki(page: Pick<Page, "slug">): string {
  return `/wiki/${encodeURIComponent(page.slug)}`
}

/** Where a save is shown that was joined with what others had saved since revision `base`. */
export function joinedPath({ page, revision: { number } }: PageAt, base: number): string {
  return `${wiki(page)}/diff/${number - 1}/${number}?joined=${base}`
}

/** The path of a page as it is read in a language. */
export function readIn(page: Pick<Page, "slug">, language: LabelLanguage): string {
  return language === "en" ? wiki(page) : `${wiki(page)}?lang=${language}`
}

/** Where the author of a text that waits for a review finds it. */
export function proposalPath(page: Pick<Page, "slug">, id: string): string {
  return `${wiki(page)}/proposals/${id}`
}

/** The way from the first page to this one. */
export function crumbs(page: Pick<Page, "kind" | "region">): { href: string; label: string }[] {
  const home = { href: "/", label: "Home" }
  if (page.kind === "source") return [home, { href: "/sources", label: "Sources" }]
  if (page.kind === "article") return [home]
  const region = page.region && regions[page.region]
  return [home, region ? { href: `/facilities?state=${page.region}`, label: region } : { href: "/facilities", label: "Facilities" }]
}

/** Where a page is edited, or one of its sections alone. */
export function editPath(page: Pick<Page, "slug">, section: string | null = null): string {
  return `${wiki(page)}/edit${section === null ? "" : `?section=${encodeURIComponent(section)}`}`
}

/** Where one fact is edited by itself. */
export function factPath(page: Pick<Page, "slug">, id: string): string {
  return `${wiki(page)}/facts/${id}/edit`
}

export function canEdit(viewer: Viewer, page: Pick<Page, "protection"> | null): boolean {
  return isAtLeast(viewer, page?.protection === "moderators" ? "moderator" : "editor")
}

export function canDelete(viewer: Viewer): boolean {
  return isAtLeast(viewer, "moderator")
}

/** Whether saving `doc` under `title` would change nothing. */
export function isSame(at: PageAt, title: string, doc: Node): boolean {
  return at.revision.title === title && isSameDocument(at.doc, doc)
}
