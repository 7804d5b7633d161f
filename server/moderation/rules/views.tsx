import type { ComponentChildren, JSX } from "preact"
import { factTypes } from "../../../editor/document/index.ts"
import type { Problem } from "../../errors.ts"
import { wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField } from "../../web/layout.tsx"
import { ModerationFrame } from "../views.tsx"
import { type Caught, TRIAL_DAYS } from "./actions.ts"
import { conditionWords, fingerprint, MESSAGE_LENGTH, NAME_LENGTH, type Outcome, type Rule } from "./model.ts"

const OUTCOMES: Record<Outcome, string> = {
  wait: "Let the edit wait for a moderator",
  tag: "Give the edit a tag that moderators see",
  refuse: "Refuse it, with a message to the writer",
}

type Values = Record<string, string>

/** All rules, and the form for the next. */
export function RulesPage({ rules }: { rules: Rule[] }): JSX.Element {
  return (
    <Frame title="Rules">
      <p>A rule looks at edits by people who are not moderators. All of its conditions must hold.</p>
      {rules.length === 0 && <p>There are no rules yet.</p>}
      <ol class="timeline">
        {rules.map((rule) => (
          <li>
            <a href={`/moderation/rules/${rule.id}`}>{rule.name}</a> <strong>{rule.isOn ? "on" : "off"}</strong>: <RuleWords rule={rule} />
          </li>
        ))}
      </ol>
      <h2>New rule</h2>
      <RuleForm action="/moderation/rules" values={{}} problems={[]} />
    </Frame>
  )
}

/** One rule: what it says, whether it is on, and the form to change it. */
export function RulePage({ rule, values, problems }: { rule: Rule | null; values: Values; problems: Problem[] }): JSX.Element {
  const action = rule ? `/moderation/rules/${rule.id}` : "/moderation/rules"
  return (
    <Frame title={rule ? `Rule: ${rule.name}` : "New rule"}>
      <Problems problems={problems} remover={{ form: "rule-form" }} />
      {rule && <Switch rule={rule} />}
      <h2>{rule ? "Change it" : "New rule"}</h2>
      {rule && <p class="muted">A changed rule is off until it was tried again.</p>}
      <RuleForm action={action} values={values} problems={problems} />
    </Frame>
  )
}

/** What a rule would have caught, and the button that switches it on. */
export function TrialPage({ rule, looked, caught, count }: { rule: Rule; looked: number; caught: Caught[]; count: number }): JSX.Element {
  return (
    <Frame title={`Trial of “${rule.name}”`}>
      <p>
        Of {looked} edits in the last {TRIAL_DAYS} days it would have caught <strong>{count}</strong>.
      </p>
      <ol class="timeline">
        {caught.map(({ page, number, author, createdAt }) => (
          <li>
            <Time at={createdAt} exact /> <a href={`${wiki(page)}/${number > 1 ? `diff/${number - 1}/${number}` : "revisions/1"}`}>{page.title}, revision {number}</a> by{" "}
            <bdi>{author}</bdi>
          </li>
        ))}
      </ol>
      <Switch rule={rule} />
    </Frame>
  )
}

function Switch({ rule }: { rule: Rule }): JSX.Element {
  const path = `/moderation/rules/${rule.id}`
  const isTried = rule.tried === fingerprint(rule)
  return (
    <div class="moderate">
      <p>
        <RuleWords rule={rule} /> It is <strong>{rule.isOn ? "on" : "off"}</strong>.
      </p>
      <Button path={`${path}/trial`} label={`Try it on the last ${TRIAL_DAYS} days`} />
      {rule.isOn && <Button path={`${path}/switch`} label="Switch it off" value="no" />}
      {!rule.isOn && isTried && <Button path={`${path}/switch`} label="Switch it on" value="yes" />}
      {!rule.isOn && !isTried && <p class="muted">It can be switched on once it was tried.</p>}
    </div>
  )
}

function Button({ path, label, value }: { path: string; label: string; value?: string }): JSX.Element {
  return (
    <form method="post" action={path}>
      <CsrfField />
      {value && <input type="hidden" name="on" value={value} />}
      <button type="submit" class={value === "yes" ? undefined : "secondary"}>
        {label}
      </button>
    </form>
  )
}

function RuleWords({ rule }: { rule: Rule }): JSX.Element {
  const then = { wait: "it waits", tag: `it is tagged “${rule.message}”`, refuse: `it is refused: “${rule.message}”` }[rule.outcome]
  return (
    <span>
      When {rule.conditions.map(conditionWords).join(", and ")}, {then}.
    </span>
  )
}

function RuleForm({ action, values, problems }: { action: string; values: Values; problems: Problem[] }): JSX.Element {
  return (
    <form id="rule-form" method="post" action={action} class="moderate">
      <CsrfField />
      <Field name="name" label="Name" value={values.name} problems={problems} maxlength={NAME_LENGTH} required />
      <fieldset class="choice" id="field-conditions">
        <legend>When all of these hold</legend>
        <If kind="fact-changed" values={values}>
          a fact changed, of the kind{" "}
          <select id="field-type" name="type" aria-label="Kind of fact">
            <option value="any">any</option>
            {factTypes.map((type) => (
              <option value={type} selected={values.type === type}>
                {type}
              </option>
            ))}
          </select>
        </If>
        <If kind="no-source" values={values}>
          no source was added
        </If>
        <If kind="account-younger" values={values}>
          the account is younger than <Count name="days" values={values} usual="7" /> days
        </If>
        <If kind="words-removed" values={values}>
          at least <Count name="percent" values={values} usual="50" /> % of the words went
        </If>
        <If kind="links-added" values={values}>
          at least <Count name="count" values={values} usual="3" /> links were added
        </If>
        <If kind="no-summary" values={values}>
          there is no summary
        </If>
        <If kind="says" values={values}>
          the new words say <input id="field-words" name="words" value={values.words} aria-label="Words" maxlength={100} />
        </If>
      </fieldset>
      <fieldset class="choice" id="field-outcome">
        <legend>Then</legend>
        {Object.entries(OUTCOMES).map(([outcome, words]) => (
          <p>
            <label>
              <input type="radio" name="outcome" value={outcome} checked={(values.outcome ?? "wait") === outcome} /> {words}
            </label>
          </p>
        ))}
      </fieldset>
      <Field name="message" label="The tag, or the message to the writer" value={values.message} problems={problems} maxlength={MESSAGE_LENGTH} />
      <p class="actions">
        <button type="submit">Save, switched off</button>
      </p>
    </form>
  )
}

function If({ kind, values, children }: { kind: string; values: Values; children: ComponentChildren }): JSX.Element {
  return (
    <p>
      <label>
        <input type="checkbox" name={`if-${kind}`} checked={values[`if-${kind}`] !== undefined} /> {children}
      </label>
    </p>
  )
}

function Count({ name, values, usual }: { name: string; values: Values; usual: string }): JSX.Element {
  return <input id={`field-${name}`} type="number" name={name} value={values[name] ?? usual} min={1} aria-label={name} class="short" />
}

/** A rule as its form has it. */
export function formOf(rule: Rule): Values {
  const values: Values = { name: rule.name, outcome: rule.outcome, message: rule.message }
  for (const { kind, ...rest } of rule.conditions) {
    values[`if-${kind}`] = "on"
    for (const [name, value] of Object.entries(rest)) values[name] = String(value)
  }
  return values
}

function Frame({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <ModerationFrame title={title} here="/moderation/rules">
      {children}
    </ModerationFrame>
  )
}
