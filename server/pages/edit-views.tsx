import type { Node } from "prosemirror-model"
import type { JSX } from "preact"
import { markdownHelp, siteKinds, toMarkdown } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"
import { Field, Problems } from "../web/forms.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { slot } from "../web/slots.ts"
import { PageHeader } from "../web/page-header.tsx"
import { Warnings } from "../web/warnings.tsx"
import { draftPath, takePath } from "./drafts/model.ts"
import { crumbs, editPath, type Kind, kinds, type Page, SUMMARY_LENGTH, TITLE_LENGTH, wiki } from "./model.ts"

/** What the form holds: as the page is, or as the person left it. */
export interface FormText {
  title: string
  summary: string
  base: number
  kind?: Kind
  slug?: string
  /** The section that is edited alone, by its heading. */
  section?: { id: string; name: string }
  /** The checked document, when there is one: of the section alone where there is one. */
  doc: Node | null
  /** The text as typed, when it is Markdown or could not be read. */
  typed?: string
  /** The version of the person's draft that this text continues. */
  draft?: number
  /** The key of the draft of a page that is started. */
  draftKey?: string
}

export interface EditProps {
  /** Null while the page is being started. */
  page: Page | null
  text: FormText
  problems?: Problem[]
  warnings?: string[]
  /** HTML of the difference to what is published, for the preview. */
  preview?: string
  /** A draft that is there to be taken up instead. */
  offer?: JSX.Element | null
  /** Whose form it is: the page is made for this person alone. */
  writer: { id: string; name: string }
  /** Whether the text comes back from a login that had expired. */
  resumed?: boolean
}

const KIND_NAMES: Record<Kind, string> = { facility: "Facility", source: "Source", article: "Article" }

/** The form that writes a page: rich where scripts run, Markdown where they do not. */
export function EditPage({ page, text, problems = [], warnings = [], preview, offer, writer, resumed = false }: EditProps): JSX.Element {
  const { section } = text
  const title = page ? `Edit ${section ? `“${section.name}” of ` : ""}${page.title}` : "New page"
  // What comes back from the server refused or previewed is stored nowhere yet.
  const isUnsent = problems.length > 0 || preview !== undefined || resumed
  return (
    <Layout title={title} styles={["editor.css"]} scripts={["page-editor.js"]} head={<meta name="robots" content="noindex" />}>
      {page ? <PageHeader page={page} crumbs={crumbs(page)} tab="edit" /> : <h1>New page</h1>}
      <Problems problems={problems} remover={{ form: "edit-form", action: page ? `${wiki(page)}/preview` : "/new/preview" }} />
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      {preview !== undefined && <Preview html={preview} />}
      {page && slot("waiting")}
      {offer}
      {page && section && <OfSection page={page} name={section.name} />}
      <form
        class="edit-form"
        id="edit-form"
        method="post"
        action={page ? `${wiki(page)}/edit` : "/new"}
        data-editor
        data-kinds={siteKinds().length > 0 ? JSON.stringify(siteKinds()) : undefined}
        data-unsent={isUnsent || undefined}
        data-draft={page ? draftPath(page, section?.id) : text.draftKey && `/new/drafts/${text.draftKey}`}
        data-take={page ? takePath(page, section?.id) : undefined}
        data-presence={page ? `${wiki(page)}/presence` : undefined}
        data-writer={writer.id}
        data-writer-name={writer.name}
      >
        <CsrfField />
        <input type="hidden" name="draft" value={text.draft ?? 0} />
        {!page && <input type="hidden" name="draft-key" value={text.draftKey} />}
        {page && <input type="hidden" name="base" value={text.base} />}
        {section && <input type="hidden" name="section" value={section.id} />}
        {section ? (
          <input type="hidden" name="title" value={text.title} />
        ) : (
          <Field name="title" label="Title" value={text.title} problems={problems} maxlength={TITLE_LENGTH} required />
        )}
        {!page && <KindField chosen={text.kind ?? "facility"} />}
        <label for="field-document">Text</label>
        <p class="hint" id="field-document-hint">
          Write in Markdown. <a href="#markdown-help">How to write it</a>
        </p>
        <textarea
          id="field-document"
          name="markdown"
          rows={28}
          aria-describedby="field-document-hint"
          data-editor-text
          data-document={text.doc && text.typed === undefined ? JSON.stringify(text.doc.toJSON()) : undefined}
        >
          {text.typed ?? (text.doc ? toMarkdown(text.doc) : "")}
        </textarea>
        <Field
          name="summary"
          label="What did you change, and how do you know?"
          value={text.summary}
          problems={problems}
          maxlength={SUMMARY_LENGTH}
        />
        <p class="actions">
          <button type="submit">{section ? "Save section" : "Save page"}</button>{" "}
          <button type="submit" class="secondary" formaction={page ? `${wiki(page)}/preview` : "/new/preview"}>
            Preview changes
          </button>
        </p>
        <p class="hint">
          Everybody can read what you save, and it stays in the page's history. Do not write names or numbers of people who are detained.
        </p>
      </form>
      {page && !section && <Move page={page} />}
      <section id="markdown-help" class="markdown-help">
        <h2>How to write it</h2>
        <dl>
          {markdownHelp.map(({ type, get }) => (
            <div>
              <dt>
                <code>{type}</code>
              </dt>
              <dd>{get}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Layout>
  )
}

/** What stands where a section was to be edited that the page does not have (any more). `offer` is what the person wrote of it. */
export function SectionGone({ page, offer }: { page: Page; offer: JSX.Element | null }): JSX.Element {
  return (
    <Layout title={`Edit ${page.title}`} styles={["editor.css"]} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="edit" />
      {offer}
      <div class="notice warning">
        <h2>This section is not on the page any more</h2>
        <p>Somebody has removed it, or put its text under another heading. Nothing that you have saved is lost: it is in the history.</p>
        <p>
          <a href={editPath(page)}>Edit the whole page</a> · <a href={wiki(page)}>Read it</a> · <a href={`${wiki(page)}/history`}>See what changed</a>
        </p>
      </div>
    </Layout>
  )
}

function OfSection({ page, name }: { page: Page; name: string }): JSX.Element {
  return (
    <p class="of-section">
      You are editing the section <strong>{name}</strong> alone. <a href={editPath(page)}>Edit the whole page</a>
    </p>
  )
}

/** The preview alone, for the editor to show in place. */
export function Preview({ html }: { html: string }): JSX.Element {
  return (
    <section class="preview" aria-label="Preview">
      <h2>What will change</h2>
      {html ? <Markup html={html} /> : <p>Nothing has changed yet.</p>}
    </section>
  )
}

function KindField({ chosen }: { chosen: Kind }): JSX.Element {
  return (
    <fieldset class="kinds">
      <legend>Kind of page</legend>
      {kinds.map((kind) => (
        <label>
          <input type="radio" name="kind" value={kind} checked={kind === chosen} /> {KIND_NAMES[kind]}
        </label>
      ))}
    </fieldset>
  )
}

function Move({ page }: { page: Page }): JSX.Element {
  return (
    <details class="move">
      <summary>Change the address</summary>
      <form method="post" action={`${wiki(page)}/address`} class="narrow">
        <CsrfField />
        <Field name="slug" label="Address after /wiki/" hint="The old address keeps working." value={page.slug} />
        <button type="submit">Change the address</button>
      </form>
    </details>
  )
}
