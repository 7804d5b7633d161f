import type { JSX } from "preact"
import type { Context } from "../../context.ts"
import { date } from "../../web/dates.tsx"
import { renderDocument } from "../../web/html.tsx"
import { type Told, tell } from "../told.ts"
import { type Mail, MOST_IN_MAIL } from "./model.ts"
import { owedTo } from "./recipients.ts"

/** The words of a mail. */
export interface Letter {
  subject: string
  text: string
  html: string
  /** The ids of the notices that it tells. */
  notices: string[]
  /** The address of the page that stops such mail; null for a confirmation. */
  unsubscribe: string | null
}

/** Fits a line of a list of mails. */
const SUBJECT_LENGTH = 150

/** What a mail says at this moment; `token` is the secret of its link. Null when there is nothing to say any more. */
export async function writeLetter(ctx: Context, mail: Mail, token: string): Promise<Letter | null> {
  const { baseUrl } = ctx.config
  if (mail.kind === "confirmation") return confirmation(mail, baseUrl, `${baseUrl}/mail/confirmation/${token}`)
  const owed = await owedTo(ctx, mail, mail.kind)
  const told: Told[] = []
  let read = 0
  for (; read < owed.length && told.length < MOST_IN_MAIL; read++) {
    const one = await tell(ctx, owed[read]!)
    if (one) told.push(one)
  }
  if (told.length === 0) return null
  const unsubscribe = `${baseUrl}/mail/unsubscribe/${token}`
  const props = { mail, told, more: owed.length - read, baseUrl, unsubscribe }
  return { subject: subjectOf(props), text: textOf(props), html: renderDocument(<LetterPage {...props} />), notices: owed.map(({ id }) => id), unsubscribe }
}

interface Props {
  mail: Mail
  told: Told[]
  more: number
  baseUrl: string
  unsubscribe: string
}

function subjectOf({ mail, told, more }: Props): string {
  const count = told.length + more
  const [first] = told
  if (count === 1 && first) return line(first.notice.kind === "reply" ? `An answer to your comment on ${first.title}` : `${first.title}: ${WORDS[first.act] ?? "news"}`)
  if (mail.isGuest) return line(`${count} answers to your comment on ${first!.title}`)
  return line(`${count} notices${mail.kind === "daily" ? " of the day" : mail.kind === "weekly" ? " of the week" : ""} from Habeas`)
}

const WORDS: Record<string, string> = { changed: "what changed", started: "a new page", "commented on": "a new comment" }

/** One visible line of bounded length: nothing in it can begin another header. */
export function line(text: string): string {
  const clean = [...text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").replace(/\s+/g, " ").trim()]
  return clean.length > SUBJECT_LENGTH ? `${clean.slice(0, SUBJECT_LENGTH - 1).join("")}…` : clean.join("")
}

function textOf({ mail, told, more, baseUrl, unsubscribe }: Props): string {
  const parts = told.map((one) => {
    const sentences = one.sentences.map((sentence) => `- ${sentence}`)
    const rest = one.more > 0 ? [`- and ${one.more} more`] : []
    return [one.title, headline(one), ...sentences, ...rest, `${baseUrl}${one.path}`].join("\n")
  })
  const beyond = more > 0 ? [`There are ${more} more: ${baseUrl}/notices`] : []
  return [...parts, ...beyond, `-- \n${footer(mail, baseUrl)}\nStop this mail: ${unsubscribe}`].join("\n\n") + "\n"
}

function headline({ by, act, summary, notice }: Told): string {
  const what = notice.kind === "revision" ? `${act} this page` : notice.kind === "reply" ? "answered on this page" : "commented on this page"
  return `${by.join(", ")} ${what} on ${date(notice.createdAt)}${summary ? `: “${summary}”` : "."}`
}

function footer({ isGuest }: Mail, baseUrl: string): string {
  return isGuest
    ? "You get this because you asked for answers to a comment of yours on Habeas."
    : `You get this because of what you watch on Habeas. Choose what, and how often: ${baseUrl}/watching`
}

function LetterPage({ mail, told, more, baseUrl, unsubscribe }: Props): JSX.Element {
  return (
    <LetterFrame>
      {told.map((one) => (
        <>
          <h2>
            <a href={baseUrl + one.path}>{one.title}</a>
          </h2>
          <p>{headline(one)}</p>
          <ul>
            {one.sentences.map((sentence) => (
              <li>{sentence}</li>
            ))}
            {one.more > 0 && <li>and {one.more} more</li>}
          </ul>
        </>
      ))}
      {more > 0 && (
        <p>
          <a href={`${baseUrl}/notices`}>There are {more} more.</a>
        </p>
      )}
      <hr />
      <p>
        {footer(mail, baseUrl)} <a href={unsubscribe}>Stop this mail</a>.
      </p>
    </LetterFrame>
  )
}

function LetterFrame({ children }: { children: JSX.Element | (JSX.Element | JSX.Element[] | false)[] }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
      </head>
      <body>{children}</body>
    </html>
  )
}

function confirmation({ isGuest }: Mail, baseUrl: string, link: string): Letter {
  const why = isGuest
    ? `Somebody commented at ${baseUrl} and asked that answers be sent to this address.`
    : `Somebody gave this address to their account at ${baseUrl}.`
  const ask = "If it was you, open this page within two days and press its button:"
  const otherwise = "If it was not you, do nothing: no other mail comes, and the address is not used."
  const html = renderDocument(
    <LetterFrame>
      <p>{why}</p>
      <p>
        {ask} <a href={link}>confirm this address</a>.
      </p>
      <p>{otherwise}</p>
    </LetterFrame>,
  )
  return { subject: "Confirm your address for Habeas", text: `${why}\n\n${ask}\n${link}\n\n${otherwise}\n`, html, notices: [], unsubscribe: null }
}
