import type { Context } from "../context.ts"
import { AppError, type Problem } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { wholeNumber } from "../web/query.ts"
import { type DocumentInput, readDocument } from "./documents.ts"
import { isDraftKey } from "./drafts/model.ts"
import type { FormText } from "./edit-views.tsx"
import { type Kind, kinds, type Page, type PageAt, partOf, sectionName } from "./model.ts"
import { readRevision } from "./reading.ts"

/** What the editing form posted, in the shape of the actions. Throws `invalid`. */
export function readForm(form: Form): DocumentInput & DraftNamed & { title: string; kind: Kind; base: number; summary: string } {
  return {
    ...draftOf(form),
    title: form.title ?? "",
    summary: form.summary ?? "",
    kind: kinds.find((kind) => kind === form.kind) ?? "article",
    base: Number(form.base ?? Number.NaN),
    ...textOf(form),
    ...(form.section && { section: form.section }),
  }
}

/**
 * What a form is about: the page as it is now; or the section that it names, as it was when the form was opened. Null where the page
 * has no such section.
 */
export async function readFormPart(ctx: Context, page: Page, form: Form): Promise<PageAt | null> {
  if (!form.section) return readRevision(ctx.db.read, page)
  const base = wholeNumber(form.base)
  if (base === undefined || base < 1 || base > page.revision) return null
  return partOf(await readRevision(ctx.db.read, page, base), form.section)
}

/** The form as it was left, to show it again: nothing typed is lost, whether it could be read or not. `part` is what it is about. */
export function formText(form: Form, part: PageAt | null): { text: FormText; warnings: string[]; problems: Problem[] } {
  const kind = kinds.find((one) => one === form.kind)
  const { title = "", summary = "" } = form
  const section = form.section ? { id: form.section, name: part ? sectionName(part) : form.section } : undefined
  const text: FormText = { title, summary, base: Number(form.base) || 0, kind, section, doc: null, ...draftOf(form) }
  try {
    const { doc, warnings } = readDocument(textOf(form), part?.doc ?? null)
    return { text: { ...text, doc, typed: form.document === undefined ? form.markdown : undefined }, warnings, problems: [] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const problems = error.detail.problems ?? [{ field: "document", message: error.message }]
    return { text: { ...text, typed: form.markdown ?? form.document ?? "" }, warnings: [], problems }
  }
}

/** The draft that a form continues, so that saving it clears the draft. */
interface DraftNamed {
  draft?: number
  draftKey?: string
}

function draftOf(form: Form): DraftNamed {
  const draft = wholeNumber(form.draft)
  return { ...(draft && { draft }), ...(isDraftKey(form["draft-key"]) && { draftKey: form["draft-key"] }) }
}

// The rich editor sends `document`; the plain form sends `markdown`.
function textOf(form: Form): DocumentInput {
  if (form.document === undefined) return { markdown: form.markdown ?? "", typed: true }
  try {
    return { document: JSON.parse(form.document) as unknown }
  } catch {
    throw new AppError("invalid", "The text arrived damaged. It is below as it came.", {
      problems: [{ field: "document", message: "The text arrived damaged: it is not well-formed JSON." }],
    })
  }
}
