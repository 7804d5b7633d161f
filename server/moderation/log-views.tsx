import type { JSX } from "preact"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Layout } from "../web/layout.tsx"
import { ACT_NAMES } from "./blocks/model.ts"
import { ACT_GROUPS, type LogFilter, logQuery } from "./log/model.ts"
import type { LogEntry } from "./model.ts"

/** The public record of moderators' acts: who did what, where and when, and never what was refused. */
export function LogPage({ entries, next, filter }: { entries: LogEntry[]; next: number | null; filter: LogFilter }): JSX.Element {
  const asked = logQuery(filter)
  const feed = `/moderation/log.atom${asked && `?${asked}`}`
  return (
    <Layout title="Public log" head={<link rel="alternate" type="application/atom+xml" href={feed} title="Public log" />}>
      <h1>Public log</h1>
      <p>
        What moderators decided, newest first. The words that were refused are not shown. How much and how fast:{" "}
        <a href="/moderation/log/figures">figures</a>. To follow {asked ? "what fits" : "it"}: <a href={feed}>feed</a>.
      </p>
      <FilterForm filter={filter} />
      {entries.length === 0 && <p>{asked ? "Nothing fits." : "Nothing was decided yet."}</p>}
      <ol class="timeline log">
        {entries.map((entry) => (
          <li id={`event-${entry.seq}`}>
            <Time at={entry.createdAt} exact /> <Actor name={entry.actor} isOurs={isAutomatic(entry)} /> <LogAct entry={entry} />
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
          <a rel="next" href={`/moderation/log?${asked && `${asked}&`}before=${next}`}>
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

function FilterForm({ filter }: { filter: LogFilter }): JSX.Element {
  return (
    <form class="filters" action="/moderation/log">
      <label>
        About{" "}
        <select name="about">
          <option value="">everything</option>
          {ACT_GROUPS.map(({ name, label }) => (
            <option value={name} selected={name === filter.about}>
              {label}
            </option>
          ))}
        </select>
      </label>{" "}
      <label>
        By <input name="actor" value={filter.actor} placeholder="name" />
      </label>{" "}
      <label>
        Page <input name="page" value={filter.page} placeholder="krome-detention-center" />
      </label>{" "}
      <button type="submit" class="secondary">
        Show
      </button>
    </form>
  )
}

/** What was done, as it goes on after the name of who did it. */
export function LogAct({ entry }: { entry: LogEntry }): JSX.Element {
  const page = entry.page && <a href={wiki(entry.page)}>{entry.page.title}</a>
  switch (entry.type) {
    case "comment.published":
      return <span>published a comment on {page}</span>
    case "comment.refused":
      return <Refusal detail={entry.detail} what={<>a comment on {page}</>} />
    case "comment.resolved":
      return <span>{entry.detail.revision === undefined ? "no longer calls" : "called"} a comment on {page} resolved</span>
    case "comment.author-approved":
      return entry.detail.approved ? <span>approved of the author of a comment on {page}</span> : <span>no longer approves of somebody who comments</span>
    case "comments.switched":
      return <span>changed whose comments wait and where they are open{page && <> on {page}</>}</span>
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
    case "media.removed":
      return <span>took away <a href={`/media/item/${entry.subject}`}>an upload</a>, and asked for it to be removed for good</span>
    case "media.purged":
      return <span>removed <a href={`/media/item/${entry.subject}`}>an upload</a> for good, as a second moderator</span>
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
    case "page.redacted":
      return (
        <span>
          hid {HIDDEN[String(entry.detail.part)]} {entry.detail.number !== undefined && `of revision ${entry.detail.number} `}on {page}
        </span>
      )
    case "redaction.lifted":
      return <span>showed again what was hidden on {page}</span>
    case "redaction.purge-asked":
      return (
        <span>
          {entry.detail.wanted === "no" ? "no longer asks" : "asked"} for something hidden on {page} to be removed for good
        </span>
      )
    case "redaction.purged":
      return <span>removed {HIDDEN[String(entry.detail.part)]} on {page} for good, as a second moderator</span>
    case "item.looked-at":
      return <span>looked at masked words of {UNDONE[String(entry.detail.kind)] ?? "something that waits"}</span>
    case "report.decided":
      return <span>decided about a report on {page}</span>
    case "rule.switched":
      return <span>switched {entry.detail.on ? "on" : "off"} the rule “{entry.detail.name}”</span>
    case "edits.reverted":
      return (
        <span>
          took back everything by <bdi>{entry.person}</bdi> since {String(entry.detail.since).slice(0, 16).replace("T", " ")} UTC on{" "}
          {entry.detail.pages === 1 ? "one page" : `${entry.detail.pages} pages`}
        </span>
      )
    case "user.blocked":
      return (
        <span>
          blocked <bdi>{entry.person}</bdi> from {String(entry.detail.acts).split(" ").map((act) => ACT_NAMES[act as keyof typeof ACT_NAMES]).join(", ")}
          {entry.detail.pages !== undefined && (entry.detail.pages === 1 ? " on one page" : ` on ${entry.detail.pages} pages`)}
          {typeof entry.detail.until === "string" && <> until <Time at={entry.detail.until} /></>}
        </span>
      )
    case "user.unblocked":
      return <span>lifted a block of <bdi>{entry.person}</bdi></span>
    case "block.answered":
      return (
        <span>
          answered an appeal of <bdi>{entry.person}</bdi>{entry.detail.kept ? ", and kept the block" : ""}
        </span>
      )
    case "user.role-changed":
      return (
        <span>
          made <bdi>{entry.person}</bdi> {article(String(entry.detail.role))}
        </span>
      )
  }
}

const HIDDEN: Record<string, string> = { text: "the text", summary: "the summary", name: "the name", span: "some words", comment: "a comment" }
const UNDONE: Record<string, string> = { comment: "a comment", linkback: "a link", edit: "an edit", proposal: "a proposal", upload: "an upload", report: "a report", appeal: "an appeal" }
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
