import type { JSX } from "preact"
import { canModerate, REASON_LENGTH } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import type { Problem } from "../../errors.ts"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import type { PersonPanel } from "../../web/panels.ts"
import type { Viewer } from "../../web/viewer.ts"
import { readStanding } from "./actions.ts"
import { isTrusted, type Standing, TRUSTED_AFTER } from "./model.ts"

/** On a person's page and on their own: whether they are trusted, what that means, and for moderators the form to change it. */
export function trustPanel(ctx: Context): PersonPanel {
  return async (person, viewer) => {
    const standing = await readStanding(ctx.db.read, person.id)
    return (
      <section id="trust" class="trust">
        <h2>Trust</h2>
        <p>{wordsOf(person, standing)}</p>
        {standing.reason && (
          <p>
            <q>{standing.reason}</q> <bdi>{standing.setBy}</bdi>
          </p>
        )}
        <p class="muted">
          What trusted people write is published at once, also on pages that are reviewed. Trust comes with {TRUSTED_AFTER} edits that a moderator
          has looked at and accepted; a moderator can also give it or take it away, and says why.
        </p>
        {canModerate(viewer) && person.id !== viewer.id && person.role === "editor" && <TrustForm name={person.name} standing={standing} />}
      </section>
    )
  }
}

interface TrustPageProps {
  name: string
  standing: Standing
  typed: { trust: string; reason: string }
  problems: Problem[]
}

/** The form by itself, with what was typed, when it was not accepted. */
export function TrustPage({ name, ...form }: TrustPageProps): JSX.Element {
  return (
    <Layout title={`Trust of ${name}`} head={<meta name="robots" content="noindex" />}>
      <h1>
        Trust of <a href={`/users/${encodeURIComponent(name)}`}>{name}</a>
      </h1>
      <Problems problems={form.problems} remover={{ form: "trust-form" }} />
      <TrustForm name={name} {...form} />
    </Layout>
  )
}

function wordsOf(person: Pick<Viewer, "role">, standing: Standing): string {
  if (person.role !== "editor") return `Trusted as ${person.role === "administrator" ? "an administrator" : "a moderator"}.`
  const count = `${standing.accepted} accepted ${standing.accepted === 1 ? "edit" : "edits"}`
  if (standing.byHand === "trusted") return `Trusted: a moderator decided so. ${count}.`
  if (standing.byHand === "untrusted") return `Not trusted: a moderator decided so. ${count}.`
  if (isTrusted(person, standing)) return `Trusted: ${count}.`
  return `Not trusted yet: ${count} of ${TRUSTED_AFTER}.`
}

function TrustForm({ name, standing, typed, problems = [] }: Pick<TrustPageProps, "name" | "standing"> & Partial<TrustPageProps>): JSX.Element {
  const chosen = typed?.trust ?? standing.byHand ?? "earned"
  const choices = [
    ["earned", "Let accepted edits decide"],
    ["trusted", "Trusted"],
    ["untrusted", "Not trusted"],
  ] as const
  return (
    <form id="trust-form" method="post" action={`/moderation/people/${encodeURIComponent(name)}/trust`} class="narrow">
      <CsrfField />
      <fieldset class="choices" id="field-trust">
        <legend>Decide by hand</legend>
        {choices.map(([value, label]) => (
          <label>
            <input type="radio" name="trust" value={value} checked={chosen === value} /> {label}
          </label>
        ))}
      </fieldset>
      <Field name="reason" label="Reason (public)" value={typed?.reason} problems={problems} maxlength={REASON_LENGTH} autocomplete="off" required />
      <button type="submit">Decide</button>
    </form>
  )
}
