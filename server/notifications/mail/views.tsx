import type { JSX } from "preact"
import type { Problem } from "../../errors.ts"
import { Time } from "../../web/dates.tsx"
import { Field } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import type { MailSettings } from "./actions.ts"
import type { Letter } from "./letter.tsx"
import { type Mail, MAIL_NAMES, MOST_A_DAY } from "./model.ts"

/** Where a person's mail goes, whether it does, and how to stop it. */
export function MailForms({ mail, typed, problems }: { mail: MailSettings; typed?: string; problems: Problem[] }): JSX.Element {
  const { email, isConfirmed, isPaused, isSending } = mail
  return (
    <section id="mail">
      <h2>Mail</h2>
      {!isSending && <p class="notice info">This site has no mail server yet. Mail waits until it has one; your notices stand here meanwhile.</p>}
      {email !== null && !isConfirmed && (
        <p class="notice warning">
          <bdi>{email}</bdi> is not confirmed yet. Open the link in the mail that was sent there; until then nothing else is sent to it.
        </p>
      )}
      {email !== null && isConfirmed && (
        <p>
          {isPaused ? "No mail is sent to" : "Mail goes to"} <bdi>{email}</bdi>. At most {MOST_A_DAY.person} mails a day tell you at once; what is more comes once a day.
        </p>
      )}
      <form class="stacked" method="post" action="/watching/address">
        <CsrfField />
        <Field
          name="email"
          label="E-mail address"
          hint="Never shown to anybody. Leave it empty to have none."
          type="email"
          value={typed ?? email ?? ""}
          problems={problems}
          autocomplete="email"
        />
        <button type="submit" class="secondary">
          {email !== null && !isConfirmed ? "Save, and send the link again" : "Save"}
        </button>
      </form>
      {isConfirmed && (
        <form method="post" action="/watching/mail">
          <CsrfField />
          <input type="hidden" name="paused" value={isPaused ? "no" : "yes"} />
          <button type="submit" class="secondary">
            {isPaused ? "Send mail again" : "Stop all mail"}
          </button>
        </form>
      )}
    </section>
  )
}

/** Where the link of a confirmation leads: nothing happens before the button is pressed. */
export function ConfirmPage({ mail, token }: { mail: Mail; token: string }): JSX.Element {
  return (
    <MailLinkPage title="Confirm your address">
      <p>{mail.isGuest ? "Answers to your comment are then mailed to this address." : "Mail about what you watch then goes to this address."}</p>
      <form method="post" action={`/mail/confirmation/${token}`}>
        {mail.isGuest && (
          <p class="field">
            <label for="field-frequency">How often</label>
            <select id="field-frequency" name="frequency">
              <option value="at-once">With each answer, at most {MOST_A_DAY.guest} times a day</option>
              <option value="daily">Once a day</option>
            </select>
          </p>
        )}
        <button type="submit">Confirm this address</button>
      </form>
    </MailLinkPage>
  )
}

export function ConfirmedPage({ mail }: { mail: Mail }): JSX.Element {
  return (
    <MailLinkPage title="Your address is confirmed">
      {mail.isGuest ? (
        <p>You will be told of answers by mail. Every such mail has a link that stops them.</p>
      ) : (
        <p>
          <a href="/watching">Choose what you watch, and how often you are told.</a>
        </p>
      )}
    </MailLinkPage>
  )
}

/** Where the link at the end of a mail leads: nothing happens before the button is pressed. */
export function UnsubscribePage({ mail, token }: { mail: Mail; token: string }): JSX.Element {
  return (
    <MailLinkPage title="Stop this mail">
      <p>{mail.isGuest ? "Your address is then deleted here, and no more answers to your comment are mailed." : "No more mail then comes to you from here. Your notices still stand on the site."}</p>
      <form method="post" action={`/mail/unsubscribe/${token}`}>
        <button type="submit">Stop this mail</button>
      </form>
    </MailLinkPage>
  )
}

export function UnsubscribedPage({ mail }: { mail: Mail }): JSX.Element {
  return (
    <MailLinkPage title="No more mail">
      {mail.isGuest ? (
        <p>Your address was deleted. No more answers are mailed to you.</p>
      ) : (
        <p>
          No more mail comes to you. <a href="/watching">Log in</a> if you ever want it again.
        </p>
      )}
    </MailLinkPage>
  )
}

function MailLinkPage({ title, children }: { title: string; children: JSX.Element | (JSX.Element | false)[] }): JSX.Element {
  return (
    <Layout title={title} head={<meta name="robots" content="noindex" />}>
      <h1>{title}</h1>
      {children}
    </Layout>
  )
}

interface OutboxProps {
  mails: (Mail & { name: string | null })[]
  isSending: boolean
}

/** For administrators: the mail that waits, and what was given up. */
export function OutboxPage({ mails, isSending }: OutboxProps): JSX.Element {
  return (
    <MailLinkPage title="Outbox">
      <p class={isSending ? undefined : "notice info"}>
        {isSending ? "Mail is sent as it comes. What a mail server did not take is tried again for most of a day." : "No mail server is set, so all mail waits here. It goes out once SMTP_URL is set and the site is started again."}
      </p>
      {mails.length === 0 ? (
        <p>Nothing waits.</p>
      ) : (
        <ul class="outbox">
          {mails.map((mail) => (
            <li>
              <a href={`/moderation/outbox/${mail.id}`}>{MAIL_NAMES[mail.kind]}</a> to {mail.name === null ? "a guest" : <bdi>{mail.name}</bdi>}, <Time at={mail.createdAt} exact />
              {mail.attempts > 0 && `: ${mail.attempts === 1 ? "tried once" : `tried ${mail.attempts} times`}`}
              {mail.error && ` (${mail.error})`}
              {mail.state === "given-up" && (
                <>
                  , <strong>given up</strong>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </MailLinkPage>
  )
}

/** One mail as it would go out now. */
export function OutboxMailPage({ mail, letter, isSending }: { mail: Mail; letter: Letter | null; isSending: boolean }): JSX.Element {
  return (
    <MailLinkPage title={MAIL_NAMES[mail.kind]}>
      {letter === null ? (
        <p>There is nothing to say in it any more: what it told was hidden, read on the site, or is not watched now. It will not be sent.</p>
      ) : (
        <>
          <h2>{letter.subject}</h2>
          <pre class="letter">{letter.text}</pre>
        </>
      )}
      {isSending && (
        <form method="post" action={`/moderation/outbox/${mail.id}/tries`}>
          <CsrfField />
          <button type="submit">Try again now</button>
        </form>
      )}
      <p>
        <a href="/moderation/outbox">Back to the outbox</a>
      </p>
    </MailLinkPage>
  )
}
