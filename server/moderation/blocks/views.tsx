import type { JSX } from "preact"
import { REASON_LENGTH } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import type { Problem } from "../../errors.ts"
import { wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { maskText } from "../masking/mask.ts"
import { LookForm } from "../masking/views.tsx"
import { ModerationFrame } from "../views.tsx"
import type { Viewer } from "../../web/viewer.ts"
import type { Web } from "../../web/web.ts"
import { blocksOf, type PlacedBlock } from "./actions.ts"
import { ACT_NAMES, acts, APPEAL_LENGTH, DAYS, isInForce } from "./model.ts"

interface BlocksProps {
  blocks: PlacedBlock[]
  now: string
  viewer: Viewer
  values: Record<string, string>
  problems: Problem[]
  answered?: Answered
}

/** An answer to an appeal that was not accepted, as it was typed. */
export interface Answered {
  block: string
  text: string
  lift: string
}

/** Who is kept from what, what they say to it, and the form for the next block. */
export function BlocksPage({ blocks, now, viewer, values, problems, answered }: BlocksProps): JSX.Element {
  return (
    <ModerationFrame title="Blocks" here="/moderation/blocks">
      <Problems problems={problems} remover={{ form: answered ? answerForm(answered.block) : "block-form" }} />
      {blocks.length === 0 && <p>Nobody is blocked.</p>}
      <ol class="timeline">
        {blocks.map((block) => (
          <li>
            <BlockLine block={block} now={now} viewer={viewer} typed={answered?.block === block.id ? answered : undefined} problems={problems} />
          </li>
        ))}
      </ol>
      <h2>Block a person</h2>
      <NewBlockForm values={values} problems={problems} />
    </ModerationFrame>
  )
}

interface LineProps extends Pick<BlocksProps, "now" | "viewer" | "problems"> {
  block: PlacedBlock
  typed: Answered | undefined
}

function BlockLine({ block, now, ...answering }: LineProps): JSX.Element {
  return (
    <>
      <Time at={block.createdAt} exact />{" "}
      <a href={`/users/${encodeURIComponent(block.name)}`}>
        <bdi>{block.name}</bdi>
      </a>
      : <Extent block={block} />. <q>{block.reason}</q> {!isInForce(block, now) && <span class="muted">over</span>}
      {block.appeal !== null && (
        <blockquote>
          <bdi>{maskText(block.appeal)}</bdi>
        </blockquote>
      )}
      {block.appeal !== null && maskText(block.appeal) !== block.appeal && <LookForm item={`appeal-${block.id}`} />}
      {block.answer !== null && (
        <p class="muted">
          Answer: <bdi>{block.answer}</bdi>
        </p>
      )}
      {block.appeal !== null && block.answer === null && <AnswerForm block={block} {...answering} />}
      {isInForce(block, now) && (
        <form method="post" action={`/moderation/blocks/${block.id}/lifting`}>
          <CsrfField />
          <button type="submit" class="secondary">
            Lift this block
          </button>
        </form>
      )}
    </>
  )
}

function Extent({ block }: { block: PlacedBlock }): JSX.Element {
  return (
    <span>
      {block.acts.map((act) => ACT_NAMES[act]).join(", ")}
      {block.places.map((page, at) => (
        <>
          {at === 0 ? " on " : ", "}
          <a href={wiki(page)}>{page.title}</a>
        </>
      ))}{" "}
      {block.expiresAt ? (
        <>
          until <Time at={block.expiresAt} exact />
        </>
      ) : (
        "until it is lifted"
      )}
    </span>
  )
}

function answerForm(block: string): string {
  return `answer-form-${block}`
}

// Who blocked does not also judge what is said against it.
function AnswerForm({ block, viewer, typed, problems }: Omit<LineProps, "now">): JSX.Element {
  const field = `answer-${block.id}`
  const problem = problems.find((one) => one.field === field)
  return (
    <form id={answerForm(block.id)} method="post" action={`/moderation/blocks/${block.id}/answer`} class="moderate">
      <CsrfField />
      <p class="field">
        <label for={`field-${field}`}>Answer to the appeal</label>
        {problem && <span class="problem">{problem.message}</span>}
        <input id={`field-${field}`} name="answer" value={typed?.text} maxlength={APPEAL_LENGTH} aria-invalid={problem ? true : undefined} autocomplete="off" required />
      </p>
      <p class="actions">
        <button type="submit" name="lift" value="yes">
          Answer and lift the block
        </button>{" "}
        {block.blockedBy === viewer.id ? (
          <span class="hint">You made this block: another moderator decides whether it stays.</span>
        ) : (
          <button type="submit" name="lift" value="no" class="secondary">
            Answer and keep it
          </button>
        )}
      </p>
      {typed && <input type="hidden" name="lift" value={typed.lift} />}
    </form>
  )
}

function NewBlockForm({ values, problems }: Pick<BlocksProps, "values" | "problems">): JSX.Element {
  return (
    <form id="block-form" method="post" action="/moderation/blocks" class="moderate">
      <CsrfField />
      <Field name="name" label="Name of the account" value={values.name} problems={problems} required />
      <fieldset class="choice" id="field-acts">
        <legend>Keep them from</legend>
        {acts.map((act) => (
          <p>
            <label>
              <input type="checkbox" name={`act-${act}`} checked={values[`act-${act}`] !== undefined} /> {ACT_NAMES[act]}
            </label>
          </p>
        ))}
      </fieldset>
      <Field name="pages" label="Only on these pages" hint="Addresses such as krome-detention-center. Empty for the whole site." value={values.pages} problems={problems} />
      <p class="field">
        <label for="field-days">For how long</label>
        <select id="field-days" name="days">
          {DAYS.map((days) => (
            <option value={days} selected={values.days === String(days)}>
              {days === 1 ? "1 day" : `${days} days`}
            </option>
          ))}
          <option value="" selected={values.days === ""}>
            Until somebody lifts it
          </option>
        </select>
      </p>
      <Field
        name="reason"
        label="Reason"
        hint="The person and the public log are told."
        value={values.reason}
        problems={problems}
        maxlength={REASON_LENGTH}
        required
      />
      <p class="actions">
        <button type="submit" class="danger">
          Block
        </button>
      </p>
    </form>
  )
}

/** On a person's own page: what they are kept from, why, until when, and the way to appeal. */
export function blocksPanel(ctx: Context): Web["accountPanels"][number] {
  return async (user) => {
    const blocks = await blocksOf(ctx, user)
    if (blocks.length === 0) return null
    return (
      <section id="blocks" class="notice warning">
        <h2>You are blocked</h2>
        {blocks.map((block) => (
          <article>
            <p>
              From <Extent block={block} />: <q>{block.reason}</q>
            </p>
            {block.answer !== null ? (
              <p>
                Answer to your appeal: <bdi>{block.answer}</bdi>
              </p>
            ) : block.appeal !== null ? (
              <p>You appealed. A moderator will answer here.</p>
            ) : (
              <AppealForm id={block.id} text="" />
            )}
          </article>
        ))}
      </section>
    )
  }
}

export function AppealPage({ id, text, problems }: { id: string; text: string; problems: Problem[] }): JSX.Element {
  return (
    <Layout title="Appeal">
      <h1>Appeal</h1>
      <Problems problems={problems} remover={{ form: appealForm(id) }} />
      <AppealForm id={id} text={text} />
    </Layout>
  )
}

/** Somebody can be blocked more than once. */
function appealForm(id: string): string {
  return `appeal-${id}`
}

function AppealForm({ id, text }: { id: string; text: string }): JSX.Element {
  return (
    <form id={appealForm(id)} method="post" action={`/account/blocks/${id}/appeal`}>
      <CsrfField />
      <p class="field">
        <label for={`field-appeal-${id}`}>Say why the block should end. The moderators read it, nobody else.</label>
        <textarea id={`field-appeal-${id}`} name="appeal" rows={4} maxlength={APPEAL_LENGTH} required>
          {`\n${text}`}
        </textarea>
      </p>
      <p class="actions">
        <button type="submit">Appeal</button>
      </p>
    </form>
  )
}
