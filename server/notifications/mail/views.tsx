import type { JSX } from "preact"
import type { Problem } from "../../errors.ts"
import { Field } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import type { MailSettings } from "./actions.ts"
import { type Mail, MOST_A_DAY } from "./model.ts"

/** Where a person's mail goes, whether it does, and how to stop it. */
export function MailForms({ mail, typed, problems }: { mail: MailSettings; typed?: string; problems: Problem[] }): JSX.Element {
  const { email, isConfirmed, isPaused, isSending } = mail
  return (
    <section id="mail">
      <h2>Mail</h2>
      {!isSending && <p class="notice info">This site has no mail server yet. Mail waits until it has one; your notices stand here meanwhile.</p>}
      {email !== null && !isConfirmed && (
        <p class="notice warning">
          <bdi>{email}</bdi> is not confirmed yet. {isSending ? "Open the link in the mail that was sent there" : "A mail with a link will be sent there"}; until then nothing else is
          sent to it.
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
    <MailPage title="Confirm your address">
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
    </MailPage>
  )
}

export function ConfirmedPage({ mail }: { mail: Mail }): JSX.Element {
  return (
    <MailPage title="Your address is confirmed">
      {mail.isGuest ? (
        <p>You will be told of answers by mail. Every such mail has a link that stops them.</p>
      ) : (
        <p>
          <a href="/watching">Choose what you watch, and how often you are told.</a>
        </p>
      )}
    </MailPage>
  )
}

/** Where the link at the end of a mail leads: nothing happens before the button is pressed. */
export function UnsubscribePage({ mail, token }: { mail: Mail; token: string }): JSX.Element {
  return (
    <MailPage title="Stop this mail">
      <p>{mail.isGuest ? "Your address is then deleted here, and no more answers to your comment are mailed." : "No more mail then comes to you from here. Your notices still stand on the site."}</p>
      <form method="post" action={`/mail/unsubscribe/${token}`}>
        <button type="submit">Stop this mail</button>
      </form>
    </MailPage>
  )
}

export function UnsubscribedPage({ mail }: { mail: Mail }): JSX.Element {
  return (
    <MailPage title="No more mail">
      {mail.isGuest ? (
        <p>Your address was deleted. No more answers are mailed to you.</p>
      ) : (
        <p>
          No more mail comes to you. <a href="/watching">Log in</a> if you ever want it again.
        </p>
      )}
    </MailPage>
  )
}

/** A page of its own about mail. */
export function MailPage({ title, children }: { title: string; children: JSX.Element | (JSX.Element | false)[] }): JSX.Element {
  return (
    <Layout title={title} head={<meta name="robots" content="noindex" />}>
      <h1>{title}</h1>
      {children}
    </Layout>
  )
}
