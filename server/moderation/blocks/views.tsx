import type { JSX } from "preact"
import { REASON_LENGTH } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import type { Problem } from "../../errors.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { ModerationFrame } from "../views.tsx"
import type { Web } from "../../web/web.ts"
import { blocksOf } from "./actions.ts"
import { ACT_NAMES, acts, APPEAL_LENGTH, type Block, DAYS, isInForce } from "./model.ts"

interface BlocksProps {
  blocks: Block[]
  now: string
  values: Record<string, string>
  problems: Problem[]
}

/** Who is kept from what, what they say to it, and the form for the next block. */
export function BlocksPage({ blocks, now, values, problems }: BlocksProps): JSX.Element {
  return (
    <ModerationFrame title="Blocks" here="/moderation/blocks">
      <Problems problems={problems} />
      {blocks.length === 0 && <p>Nobody is blocked.</p>}
      <ol class="timeline">
        {blocks.map((block) => (
          <li>
            <BlockLine block={block} now={now} />
          </li>
        ))}
      </ol>
      <h2>Block a person</h2>
      <NewBlockForm values={values} problems={problems} />
    </ModerationFrame>
  )
}

function BlockLine({ block, now }: { block: Block; now: string }): JSX.Element {
  return (
    <>
      <Time at={block.createdAt} exact />{" "}
      <a href={`/users/${encodeURIComponent(block.name)}`}>
        <bdi>{block.name}</bdi>
      </a>
      : <Extent block={block} />. <q>{block.reason}</q> {!isInForce(block, now) && <span class="muted">over</span>}
      {block.appeal !== null && (
        <blockquote>
          <bdi>{block.appeal}</bdi>
        </blockquote>
      )}
      {block.answer !== null && <p class="muted">Answer: {block.answer}</p>}
      {block.appeal !== null && block.answer === null && <AnswerForm block={block} />}
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

function Extent({ block }: { block: Block }): JSX.Element {
  const { length } = block.pages ?? []
  return (
    <span>
      {block.acts.map((act) => ACT_NAMES[act]).join(", ")}
      {block.pages !== null && ` on ${length === 1 ? "one page" : `${length} pages`}`}{" "}
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

function AnswerForm({ block }: { block: Block }): JSX.Element {
  return (
    <form method="post" action={`/moderation/blocks/${block.id}/answer`} class="moderate">
      <CsrfField />
      <Field name="answer" label="Answer to the appeal" maxlength={APPEAL_LENGTH} required />
      <p class="actions">
        <button type="submit" name="lift" value="yes">
          Answer and lift the block
        </button>{" "}
        <button type="submit" name="lift" value="no" class="secondary">
          Answer and keep it
        </button>
      </p>
    </form>
  )
}

function NewBlockForm({ values, problems }: Pick<BlocksProps, "values" | "problems">): JSX.Element {
  return (
    <form method="post" action="/moderation/blocks" class="moderate">
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
      <Field name="pages" label="Only on these pages" hint="Addresses such as krome-detention-center. Empty for the whole site." value={values.pages} />
      <p class="field">
        <label for="field-days">For how long</label>
        <select id="field-days" name="days">
          {DAYS.map((days) => (
            <option value={days} selected={values.days === String(days)}>
              {days === 1 ? "1 day" : `${days} days`}
            </option>
          ))}
          <option value="">Until somebody lifts it</option>
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
              <p>Answer to your appeal: {block.answer}</p>
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
      <Problems problems={problems} />
      <AppealForm id={id} text={text} />
    </Layout>
  )
}

function AppealForm({ id, text }: { id: string; text: string }): JSX.Element {
  return (
    <form method="post" action={`/account/blocks/${id}/appeal`}>
      <CsrfField />
      <p class="field">
        <label for="field-appeal">Say why the block should end. The moderators read it, nobody else.</label>
        <textarea id="field-appeal" name="appeal" rows={4} maxlength={APPEAL_LENGTH} required>
          {text}
        </textarea>
      </p>
      <p class="actions">
        <button type="submit">Appeal</button>
      </p>
    </form>
  )
}
