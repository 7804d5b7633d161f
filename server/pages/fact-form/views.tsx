import type { Node } from "prosemirror-model"
import type { JSX } from "preact"
import { type FactAttrs, factLabel, type FactType, factStates, freshness, stateNames, valueHints } from "../../../editor/document/index.ts"
import type { Problem } from "../../errors.ts"
import { Area, Field, Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { PageHeader } from "../../web/page-header.tsx"
import { crumbs, editPath, factPath, type Page, SUMMARY_LENGTH, wiki } from "../model.ts"
import type { FactText } from "./form.ts"

/** Values of these types may have several lines. */
const LONG: FactType[] = ["address", "hours", "text"]

interface FactProps {
  page: Page
  fact: Node
  /** The revision that the form was opened on. */
  base: number
  text: FactText
  /** ISO date. */
  today: string
  problems?: Problem[]
}

/** One fact as a small form: what it is, who says so, and that it was checked. */
export function FactPage({ page, fact, base, text, today, problems = [] }: FactProps): JSX.Element {
  const attrs = fact.attrs as FactAttrs
  const name = [factLabel(attrs), attrs.qualifier].filter(Boolean).join(", ")
  return (
    <Layout title={`Fix “${name}” of ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="edit" />
      <h2>Fix this fact: {name}</h2>
      <Problems problems={problems} remover={{ form: "fact-form" }} />
      <form id="fact-form" class="narrow fact-fix" method="post" action={factPath(page, attrs.id!)}>
        <CsrfField />
        <input type="hidden" name="base" value={base} />
        <Area
          name="value"
          label={name}
          hint={valueHints[attrs.type] && `Such as: ${valueHints[attrs.type]}`}
          value={text.value}
          rows={LONG.includes(attrs.type) ? 3 : 1}
          problems={problems}
        />
        <fieldset class="states">
          <legend>What is known</legend>
          {factStates.map((state) => (
            <label>
              <input type="radio" name="state" value={state} checked={state === text.state} /> {stateNames[state]}
            </label>
          ))}
        </fieldset>
        <Area
          name="sources"
          label="Who says so"
          hint="One source on each line: a web address, or the name of a page here such as crcl-krome-2023, p. 3. For a telephone call, write whom you called and when."
          value={text.sources}
          problems={problems}
        />
        <Area name="note" label="Note" hint="What a caller or visitor has to know besides, in one paragraph." value={text.note} problems={problems} />
        <p class="field">
          <label>
            <input type="checkbox" name="checked" value="today" checked={text.checkedToday} /> I checked this today
          </label>
          <span class="hint">Now: {freshness(attrs, today).text}</span>
        </p>
        <Field
          name="summary"
          label="What did you change, and how do you know?"
          hint="Left empty, the page's history says what changed."
          value={text.summary}
          problems={problems}
          maxlength={SUMMARY_LENGTH}
        />
        <button type="submit">Save this fact</button>
        <p class="hint">
          Everybody can read what you save, and it stays in the page's history. Do not write names or numbers of people who are detained.{" "}
          <a href={editPath(page)}>Edit the whole page</a>
        </p>
      </form>
    </Layout>
  )
}

/** What stands where a fact was to be mended that the page does not have (any more). */
export function FactGone({ page }: { page: Page }): JSX.Element {
  return (
    <Layout title={`Edit ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="edit" />
      <div class="notice warning">
        <h2>This fact is not on the page any more</h2>
        <p>Somebody has taken it away since you read the page. What it was is in the history.</p>
        <p>
          <a href={wiki(page)}>Read the page</a> · <a href={editPath(page)}>Edit it</a> · <a href={`${wiki(page)}/history`}>See what changed</a>
        </p>
      </div>
    </Layout>
  )
}
