import type { PageAt } from "../pages/model.ts"
import { wiki } from "../pages/model.ts"
import { date } from "../web/dates.tsx"

/** Who a citation names: a page has many authors, and each of them stands in its history. */
const AUTHORS = "Habeas contributors"

/** The permanent address of a revision. */
export function revisionPath({ page, revision }: PageAt): string {
  return `${wiki(page)}/revisions/${revision.number}`
}

/** A revision as a sentence for a footnote. */
export function citePlain(at: PageAt, baseUrl: string): string {
  const { title, number, createdAt } = at.revision
  return `${AUTHORS}, “${title}”, Habeas, revision ${number}, ${date(createdAt)}, ${baseUrl}${revisionPath(at)}`
}

/** The same as an entry of BibTeX. */
export function citeBibtex(at: PageAt, baseUrl: string): string {
  const { page, revision } = at
  const [year, month, day] = revision.createdAt.slice(0, 10).split("-")
  const fields = {
    // Twice: names are not to be taken apart, and capitals are to stay.
    author: `{{${AUTHORS}}}`,
    title: `{{${latex(revision.title)}}}`,
    howpublished: "{Habeas}",
    year: `{${year}}`,
    month: MONTHS[Number(month) - 1],
    day: `{${Number(day)}}`,
    note: `{Revision ${revision.number}, fingerprint ${latex(revision.hash)}}`,
    url: `{${baseUrl}${revisionPath(at)}}`,
  }
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = ${value},\n`)
  return `@misc{${citeKey(page.slug, revision.number)},\n${lines.join("")}}\n`
}

/** The same as CSL JSON, which Zotero and word processors read. */
export function citeCsl(at: PageAt, baseUrl: string): object[] {
  const { page, revision } = at
  const parts = revision.createdAt.slice(0, 10).split("-").map(Number)
  return [
    {
      id: citeKey(page.slug, revision.number),
      type: "webpage",
      title: revision.title,
      "container-title": "Habeas",
      author: [{ literal: AUTHORS }],
      issued: { "date-parts": [parts] },
      version: `revision ${revision.number}`,
      note: `Fingerprint ${revision.hash}`,
      URL: `${baseUrl}${revisionPath(at)}`,
    },
  ]
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

// BibTeX counts braces however they are escaped, so none may be left bare.
const SIGNS: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "$": "\\$",
  "&": "\\&",
  "%": "\\%",
  "#": "\\#",
  "_": "\\_",
}

function latex(text: string): string {
  return text.replace(/[\\{}~^$&%#_]/g, (sign) => SIGNS[sign]!)
}

// Old programs read ASCII only; the number keeps pages in other scripts apart from each other's revisions, the address does the rest.
function citeKey(slug: string, number: number): string {
  const plain = slug.normalize("NFKD").replace(/[^a-z0-9-]/g, "").replace(/^-+|-+$/g, "")
  return `habeas-${plain || "page"}-${number}`
}
