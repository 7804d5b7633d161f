import type { JSX } from "preact"
import { anchor, type Passage, QUOTE_LENGTH } from "../../../editor/document/index.ts"
import type { Problem } from "../../errors.ts"
import { type Page, wiki } from "../../pages/model.ts"
import { anchorOf } from "../model.ts"
import type { Mark, ShownQuote } from "./actions.ts"

/** Marks beside one passage; the others are found below the page. */
const SHOWN_MARKS = 4
/** Of a passage in a list to choose from. */
const GLANCE = 120

/** What the form quotes: nothing, where `words` is not given. */
export interface QuotingState {
  /** The number of the revision that the page shows. */
  revision: number
  block?: string
  words?: string
  before?: string
  after?: string
}

/** The part of the form that says what of the page the comment speaks of. Hidden until a passage was chosen; a script shows it as well. */
export function Quoting({ page, state, problems = [] }: { page: Pick<Page, "slug">; state: QuotingState; problems?: Problem[] }): JSX.Element {
  const problem = problems.find(({ field }) => field === "words")
  const isOpen = state.words !== undefined
  return (
    <>
      <p class="quote-offer" hidden={isOpen}>
        <a href={`${wiki(page)}/comments/passages`}>Comment on a passage or a fact of the page</a>
      </p>
      <fieldset class="quoting" hidden={!isOpen} disabled={!isOpen}>
        <legend>What of the page you speak of</legend>
        <input type="hidden" name="quote" value={state.block ?? ""} />
        <input type="hidden" name="before" value={state.before ?? ""} />
        <input type="hidden" name="after" value={state.after ?? ""} />
        <input type="hidden" name="revision" value={state.revision} />
        <p class="field">
          <label for="field-words">Words of the page</label>
          <span class="hint" id="field-words-hint">
            Keep the ones you mean. Left empty, your comment is about the whole page.
          </span>
          {problem && (
            <span class="problem" id="field-words-problem">
              {problem.message}
            </span>
          )}
          <textarea
            id="field-words"
            name="words"
            rows={3}
            maxLength={QUOTE_LENGTH}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "field-words-hint field-words-problem" : "field-words-hint"}
          >
            {`\n${state.words ?? ""}`}
          </textarea>
        </p>
      </fieldset>
    </>
  )
}

/** What a comment quotes, above its words; with the way to where that stands, or to the revision where it stood. */
export function Quotation({ page, quote, isBelowPage }: { page: Pick<Page, "slug">; quote: ShownQuote; isBelowPage: boolean }): JSX.Element {
  const { exact, block, isChanged, revision, was } = quote
  const here = block === null ? null : `${isBelowPage ? "" : wiki(page)}#${anchor(block)}`
  const then = `${wiki(page)}/revisions/${revision}#${anchor(was)}`
  return (
    <div class="quotation">
      <blockquote>
        <p>{exact}</p>
      </blockquote>
      {here !== null && !isChanged && (
        <p>
          <a href={here}>On the page</a>
        </p>
      )}
      {here !== null && isChanged && (
        <p>
          The page says something else now. <a href={here}>Now</a> · <a href={then}>Then, in revision {revision}</a>
        </p>
      )}
      {here === null && (
        <p>
          No longer on the page. <a href={then}>It was in revision {revision}</a>
        </p>
      )}
    </div>
  )
}

/** Beside a passage: who speaks of it, each leading to the comment. `shown` holds the comments that stand below the page. */
export function Marks({ page, marks, shown }: { page: Pick<Page, "slug">; marks: Mark[]; shown: ReadonlySet<string> }): JSX.Element {
  return (
    <span class="comment-marks">
      <span class="comment-marks-word">Comments on this:</span>{" "}
      {marks.slice(0, SHOWN_MARKS).map(({ comment, name, exact }, at) => (
        <>
          {at > 0 && ", "}
          <a href={shown.has(comment) ? `#${anchorOf({ id: comment })}` : `${wiki(page)}/comments/${comment}#${anchorOf({ id: comment })}`} title={`On “${exact}”`}>
            <bdi>{name}</bdi>
          </a>
        </>
      ))}
      {marks.length > SHOWN_MARKS && <a href="#comments">, {marks.length - SHOWN_MARKS} more</a>}
    </span>
  )
}

/** The passages of a page, each with the way to a comment on it: for who has no script, or wants to choose from a list. */
export function PassageList({ page, passages }: { page: Pick<Page, "slug">; passages: Passage[] }): JSX.Element {
  return (
    <section class="comments" id="comments">
      <h2>Comment on a passage or a fact</h2>
      <p>Choose what you speak of. You can shorten it to a few words afterwards.</p>
      <ul class="passages">
        {passages.map(({ id, text }) => (
          <li>
            <a href={`${wiki(page)}/comments?quote=${id}#reply`}>{text.length > GLANCE ? `${text.slice(0, GLANCE).replace(/[\ud800-\udbff]$/, "")}…` : text}</a>
          </li>
        ))}
      </ul>
      <p>
        <a href={`${wiki(page)}/comments#reply`}>Comment on the whole page</a>
      </p>
    </section>
  )
}
