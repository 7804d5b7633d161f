import type { JSX } from "preact"
import { screenedReason } from "../../comments/actions.ts"
import { invalid, notFound } from "../../errors.ts"
import { readUpload, readUploads, reviewUpload } from "../../media/actions.ts"
import { itemUrl, mediaUrl, type Version } from "../../media/model.ts"
import type { ItemKind, ListOptions, QueueItem } from "./kind.ts"

const STATES = { held: "new", published: "reviewed" } as const
/** A picture is shown no larger than it tells what it is; the whole is a click away. */
const SHOWN_HEIGHT = 240

/** Pictures and files that people uploaded: readers may see them at once, until a moderator takes one away. */
export const uploadKind: ItemKind = {
  name: "upload",
  async list(ctx, _moderator, { state, before, limit }) {
    const place = before && { createdAt: before.createdAt, ...readKey(before.key) }
    return itemsOf(await readUploads(ctx, { state: STATES[state], before: place, limit }), state)
  },
  async find(ctx, _moderator, key, state) {
    const { mediaId, number } = readKey(key)
    const version = await readUpload(ctx, mediaId, number)
    return version?.state === STATES[state] ? itemsOf([version], state)[0] : undefined
  },
  async decide(ctx, moderator, key, verdict) {
    const reason = screenedReason(ctx, verdict)
    const from = STATES[verdict.state ?? "held"]
    const isGood = verdict.decision === "approve"
    if (isGood && from === "reviewed") throw invalid("decision", "This upload has been looked at already.")
    const target = readKey(key)
    if (target.number === 0) throw notFound("upload")
    const to = isGood ? "reviewed" : "refused"
    const version = await reviewUpload(ctx, moderator, target, { from, to, reason, event: isGood ? "media.reviewed" : "media.refused" })
    return { words: `${isGood ? "Reviewed" : "Took away"} the upload ${version.name}`, undo: { from, to } }
  },
  async undo(ctx, moderator, key, { from, to }) {
    await reviewUpload(ctx, moderator, readKey(key), { from: to as "reviewed", to: from as "new", event: "decision.undone" })
  },
}

/** An item's id and the number of its version; the ends of a list, which are no keys, come as an id alone. */
function readKey(key: string): { mediaId: string; number: number } {
  const [, mediaId = key, number = "0"] = /^([a-z0-9]{1,40})-([1-9]\d{0,8})$/.exec(key) ?? []
  return { mediaId, number: Number(number) }
}

function itemsOf(versions: Version[], state: ListOptions["state"]): QueueItem[] {
  return versions.map((version) => ({
    id: `upload-${version.mediaId}-${version.number}`,
    kind: "upload",
    page: null,
    createdAt: version.createdAt,
    reasons: ["was not looked at yet"],
    author: { name: version.author, isMember: true },
    title: version.number === 1 ? "Upload" : "New version of an upload",
    content: async () => <UploadContent version={version} />,
    choices: state === "held" ? { approve: "Mark as reviewed", reject: "Take away" } : { reject: "Take away" },
  }))
}

function UploadContent({ version }: { version: Version }): JSX.Element {
  const { width, height, alt, name, caption, licence, source } = version
  const scale = width && height ? Math.min(1, SHOWN_HEIGHT / height) : 0
  return (
    <div class="upload">
      <p>
        <a href={itemUrl({ id: version.mediaId })}>
          <bdi>{name}</bdi>
        </a>
      </p>
      {width && height ? (
        <a href={mediaUrl(version)}>
          <img src={mediaUrl(version, version.sizes[0]?.width)} alt={alt} width={Math.round(width * scale)} height={Math.round(height * scale)} loading="lazy" />
        </a>
      ) : (
        <p>
          <a href={mediaUrl(version)}>Open the file</a>
        </p>
      )}
      <dl class="facts">
        {[["Shows", alt], ["Caption", caption], ["Licence", licence], ["Source", source]].map(([label, text]) => (
          <div>
            <dt>{label}</dt>
            <dd>{text ? <bdi>{text}</bdi> : <span class="muted">not told</span>}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
