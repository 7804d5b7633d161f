import type { JSX } from "preact"
import { Time } from "../../web/dates.tsx"
import { CsrfField } from "../../web/layout.tsx"
import type { Letter } from "./letter.tsx"
import { type Mail, MAIL_NAMES } from "./model.ts"
import { MailPage } from "./views.tsx"

interface OutboxProps {
  mails: (Mail & { name: string | null })[]
  isSending: boolean
}

/** For administrators: the mail that waits, and what was given up. */
export function OutboxPage({ mails, isSending }: OutboxProps): JSX.Element {
  return (
    <MailPage title="Outbox">
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
    </MailPage>
  )
}

/** One mail as it would go out now. */
export function OutboxMailPage({ mail, letter }: { mail: Mail; letter: Letter | null }): JSX.Element {
  return (
    <MailPage title={MAIL_NAMES[mail.kind]}>
      {letter === null ? (
        <p>There is nothing to say in it any more: what it told was hidden, read on the site, or is not watched now. It will not be sent.</p>
      ) : (
        <>
          <h2>{letter.subject}</h2>
          <pre class="letter">{letter.text}</pre>
        </>
      )}
      {mail.state === "given-up" && (
        <form method="post" action={`/moderation/outbox/${mail.id}/tries`}>
          <CsrfField />
          <button type="submit">Try again</button>
        </form>
      )}
      <p>
        <a href="/moderation/outbox">Back to the outbox</a>
      </p>
    </MailPage>
  )
}
