import type { JSX } from "preact"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Layout } from "../web/layout.tsx"
import type { LogEntry } from "./model.ts"

/** The public record of moderators' acts: who did what, where and when, and never what was refused. */
export function LogPage({ entries, next }: { entries: LogEntry[]; next: number | null }): JSX.Element {
  return (
    <Layout title="Public log">
      <h1>Public log</h1>
      <p>What moderators decided, newest first. The words that were refused are not shown.</p>
      {entries.length === 0 && <p>Nothing was decided yet.</p>}
      <ol class="timeline log">
        {entries.map((entry) => (
          <li id={`event-${entry.seq}`}>
            <Time at={entry.createdAt} exact /> <Actor name={entry.actor} isOurs={isAutomatic(entry)} /> <Act entry={entry} />
            {typeof entry.detail.reason === "string" && (
              <>
                : <q>{entry.detail.reason}</q>
              </>
            )}
          </li>
        ))}
      </ol>
      {next !== null && (
        <p>
          <a rel="next" href={`/moderation/log?before=${next}`}>
            Older
          </a>
        </p>
      )}
    </Layout>
  )
}

// Nobody decided it: a look at the source did.
function isAutomatic({ type, detail }: LogEntry): boolean {
  return type === "linkback.hidden" || (type === "linkback.published" && detail.by === "trust")
}

function Actor({ name, isOurs }: { name: string | null; isOurs: boolean }): JSX.Element {
  if (name === null) return <span>{isOurs ? "The site" : "The operator"}</span>
  return (
    <a href={`/users/${encodeURIComponent(name)}`}>
      <bdi>{name}</bdi>
    </a>
  )
}

function Act({ entry }: { entry: LogEntry }): JSX.Element {
  const page = entry.page && <a href={wiki(entry.page)}>{entry.page.title}</a>
  switch (entry.type) {
    case "comment.published":
      return <span>published a comment on {page}</span>
    case "comment.refused":
      return <Refusal detail={entry.detail} what={<>a comment on {page}</>} />
    case "linkback.published":
      return entry.detail.by === "trust" ? <span>showed a link to {page} from a trusted source</span> : <span>published a link to {page}</span>
    case "linkback.hidden":
      return <span>hid a link to {page}: {entry.detail.cause === "unlinked" ? "its source does not link here any more" : "its source is gone"}</span>
    case "linkback.trust-changed":
      return <span>{entry.detail.trusted ? "trusted" : "no longer trusts"} links from {entry.detail.address}</span>
    case "linkback.switched":
      return <span>changed which links are taken and sent {page ? <>for {page}</> : "by the site"}</span>
    case "linkback.refused":
      return <Refusal detail={entry.detail} what={<>a link to {page}</>} />
    case "revision.reviewed":
      return (
        <span>
          reviewed {entry.page && <a href={`${wiki(entry.page)}/revisions/${entry.subject}`}>revision {entry.subject}</a>} of {page}
        </span>
      )
    case "proposal.accepted":
      return (
        <span>
          accepted {entry.detail.outcome === "part" ? "a part of a proposal" : "a proposal"} for {page}
          {entry.page && entry.detail.revision !== undefined && (
            <>
              {" "}
              (<a href={`${wiki(entry.page)}/revisions/${entry.detail.revision}`}>revision {entry.detail.revision}</a>)
            </>
          )}
        </span>
      )
    case "proposal.refused":
      return <Refusal detail={entry.detail} what={<>a proposal for {page}</>} />
    case "media.reviewed":
      return <span>looked at <a href={`/media/item/${entry.subject}`}>an upload</a></span>
    case "media.refused":
      return <span>took away <a href={`/media/item/${entry.subject}`}>an upload</a></span>
    case "decision.undone":
      return <span>took back a decision about {UNDONE[String(entry.detail.kind)] ?? "something"}{page && <> on {page}</>}</span>
    case "page.protected":
      return <Level detail={entry.detail} what={page ?? "a page"} />
    case "site.protected":
      return <Level detail={entry.detail} what="all pages without a level of their own" />
    case "user.trust-changed":
      return (
        <span>
          {TRUST[String(entry.detail.trust)]} <bdi>{entry.person}</bdi>
        </span>
      )
    case "page.restored":
      return (
        <span>
          restored an earlier text of {page}
          {entry.page && (
            <>
              {" "}
              (<a href={`${wiki(entry.page)}/revisions/${entry.subject}`}>revision {entry.subject}</a>)
            </>
          )}
        </span>
      )
    case "page.renamed":
      return (
        <span>
          moved {page} from /wiki/{entry.detail.from} to /wiki/{entry.subject}
        </span>
      )
    case "page.deleted":
      return <span>deleted {page}</span>
    case "page.undeleted":
      return <span>brought back {page}</span>
    case "user.role-changed":
      return (
        <span>
          made <bdi>{entry.person}</bdi> {article(String(entry.detail.role))}
        </span>
      )
  }
}

const UNDONE: Record<string, string> = { comment: "a comment", linkback: "a link", edit: "an edit", proposal: "a proposal", upload: "an upload", report: "a report" }
const TRUST: Record<string, string> = { trusted: "trusts", untrusted: "does not trust", earned: "lets accepted edits decide about" }
const LEVELS: Record<string, string> = { open: "open", reviewed: "reviewed", moderators: "for moderators only", default: "as all other pages" }

function Level({ detail, what }: { detail: LogEntry["detail"]; what: JSX.Element | string }): JSX.Element {
  return (
    <span>
      {detail.expired ? "ended the protection of" : "set"} {what}
      {!detail.expired && ` to be ${LEVELS[String(detail.level)]}`}
      {typeof detail.until === "string" && <> until <Time at={detail.until} /></>}
    </span>
  )
}

function Refusal({ detail, what }: { detail: LogEntry["detail"]; what: JSX.Element }): JSX.Element {
  if (detail.state === "spam") return <span>marked {what} as spam</span>
  return (
    <span>
      {detail.from === "published" ? "took away" : "refused"} {what}
    </span>
  )
}

function article(role: string): string {
  return `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`
}
