import type { JSX } from "preact"
import { linkKind, PICTURE_WIDTHS, pictureSizes, readHref, relOf } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Field, Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import type { MediaPage as MediaPageContent } from "./actions.ts"
import { type Description, itemUrl, LARGEST, type Media, mediaUrl, type PurgeOfFile, REASON_LENGTH, type Version } from "./model.ts"

const ACCEPTED = "image/png,image/jpeg,image/webp,image/gif,application/pdf"
const noIndex = <meta name="robots" content="noindex" />

type Typed = Partial<Record<keyof Description | "reason" | "version", string>>

/** The form that uploads without a script. */
export function UploadPage({ typed = {}, problems = [] }: { typed?: Typed; problems?: Problem[] }): JSX.Element {
  return (
    <Layout title="Upload a picture or file" head={noIndex}>
      <h1>Upload a picture or file</h1>
      <Problems problems={problems} remover={{ form: "upload-form" }} />
      <form id="upload-form" method="post" action="/media" enctype="multipart/form-data" class="narrow">
        <CsrfField />
        <FileField problems={problems} />
        <DescriptionFields values={typed} problems={problems} />
        <button type="submit">Upload</button>
      </form>
    </Layout>
  )
}

export interface MediaPageProps extends MediaPageContent {
  canEdit: boolean
  canRemove: boolean
  viewerId: string | null
  /** What was typed and refused. */
  typed?: Typed
  problems?: Problem[]
}

/** The page about a picture or file: what it is, whose, where it is used, what it was before. */
export function MediaPage({ media, isTaken, purges, versions, uses, canEdit, canRemove, viewerId, typed, problems = [] }: MediaPageProps): JSX.Element {
  const { current } = media
  return (
    <Layout title={current.name} head={noIndex}>
      <h1>{current.name}</h1>
      <Problems problems={problems} remover={{ form: problems.some(({ field }) => field === "reason") ? "removal-form" : "description-form" }} />
      {isTaken ? <p class="notice warning">A moderator has taken this file away.</p> : <Shown version={current} />}
      <Particulars version={current} />
      <h2>Where it is used</h2>
      <Uses uses={uses} current={current} />
      {canEdit && <Change media={media} typed={typed} problems={problems} />}
      <h2>Versions</h2>
      <ol class="media-versions" reversed>
        {versions.map((version, index) => (
          <VersionLine version={version} before={versions[index + 1]} />
        ))}
      </ol>
      {canRemove && purges.map((purge) => <Asked purge={purge} isOwn={purge.askedBy === viewerId} />)}
      {canRemove && <Removal media={media} versions={versions} typed={typed} problems={problems} />}
    </Layout>
  )
}

/** What was taken away and waits for a second moderator, or is gone. */
function Asked({ purge, isOwn }: { purge: PurgeOfFile; isOwn: boolean }): JSX.Element {
  const { mediaId, number, asker, askedAt, purgedAt } = purge
  const act = (name: string, label: string, kind: string) => (
    <form method="post" action={`${itemUrl({ id: mediaId })}/${name}`}>
      <CsrfField />
      <input type="hidden" name="version" value={String(number)} />
      <button type="submit" class={kind}>
        {label}
      </button>
    </form>
  )
  if (purgedAt !== null) {
    return (
      <p class="notice warning">
        Version {number} was removed for good, with its name and what was said of it, <Time at={purgedAt} exact />. Older backups still hold it.
      </p>
    )
  }
  return (
    <section class="notice warning">
      <p>
        <bdi>{asker}</bdi> took version {number} away <Time at={askedAt} exact /> and asks for it to be removed for good: the file, its name and what
        is said of it. {isOwn ? "Another moderator has to agree." : "That cannot be taken back."}
      </p>
      <div class="actions">
        {!isOwn && act("purge", "Remove it for good", "danger")}
        {act("lifting", "Show it again", "secondary")}
      </div>
    </section>
  )
}

function Removal({ media, versions, typed, problems }: { media: Media; versions: Version[]; typed?: Typed | undefined; problems: Problem[] }): JSX.Element {
  return (
    <>
      <h2>Take a file away</h2>
      <p>
        Nobody is shown it any more, and it cannot be uploaded again. When a second moderator agrees, it goes from the disk, unless another item has
        the same file.
      </p>
      <form id="removal-form" method="post" action={`${itemUrl(media)}/removal`} class="narrow">
        <CsrfField />
        <p class="field">
          <label for="field-version">Which</label>
          <select id="field-version" name="version">
            {versions.map(({ number, name }) => (
              <option value={number} selected={typed?.version === String(number)}>
                Version {number}: {name}
              </option>
            ))}
          </select>
        </p>
        <Field name="reason" label="Why" hint="Everybody can read this on the public log." value={typed?.reason} problems={problems} maxlength={REASON_LENGTH} required />
        <button type="submit" class="danger">
          Take it away
        </button>
      </form>
    </>
  )
}

/** The pictures and files of one page, under its text. */
export function PicturesOnPage({ shown }: { shown: Version[] }): JSX.Element {
  return (
    <section class="media-list" aria-labelledby="media-list">
      <h2 id="media-list">Pictures and files</h2>
      <ul>
        {shown.map((version) => (
          <li>
            <a href={itemUrl({ id: version.mediaId })}>
              <bdi>{version.name}</bdi>
            </a>
            {version.source && (
              <>
                . Source: <Source text={version.source} />
              </>
            )}
            {version.licence && `. Licence: ${version.licence}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Shown({ version }: { version: Version }): JSX.Element {
  const src = mediaUrl(version)
  if (version.format === "pdf") {
    return (
      <p>
        <a href={src}>Download the PDF ({size(version.bytes)})</a>
      </p>
    )
  }
  return (
    <figure>
      <a href={src}>
        <img src={src} {...pictureSizes(src, version.width)} alt={version.alt} width={version.width ?? undefined} height={version.height ?? undefined} />
      </a>
      {version.caption && <figcaption>{version.caption}</figcaption>}
    </figure>
  )
}

function Particulars({ version }: { version: Version }): JSX.Element {
  const { alt, licence, source, width, height, bytes, format } = version
  const sizes = PICTURE_WIDTHS.filter((one) => width !== null && one < width)
  return (
    <dl class="media-particulars">
      <Particular name="What it shows">{alt || <em>Nobody has described it yet.</em>}</Particular>
      <Particular name="Licence">{licence || <em>Not known</em>}</Particular>
      <Particular name="Source">{source ? <Source text={source} /> : <em>Not known</em>}</Particular>
      <Particular name="File">
        {format.toUpperCase()}, {width !== null && `${width} × ${height} pixels, `}
        {size(bytes)}
        {sizes.map((one) => (
          <>
            , <a href={mediaUrl(version, one)}>{one} wide</a>
          </>
        ))}
      </Particular>
      <Particular name="Address in a text">
        <code>{mediaUrl(version)}</code>
      </Particular>
    </dl>
  )
}

function Particular({ name, children }: { name: string; children: JSX.Element | JSX.Element[] | string | unknown }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children as JSX.Element}</dd>
    </div>
  )
}

function Source({ text }: { text: string }): JSX.Element {
  const href = readHref(text)
  if (href === null || linkKind(href) !== "web") return <bdi>{text}</bdi>
  return (
    <a href={href} {...relOf(href)}>
      {text}
    </a>
  )
}

function Uses({ uses, current }: { uses: MediaPageContent["uses"]; current: Version }): JSX.Element {
  if (uses.length === 0) return <p>No page shows it now.</p>
  return (
    <ul>
      {uses.map((use) => (
        <li>
          <a href={wiki(use)}>{use.title}</a>
          {use.version < current.number && ` (version ${use.version})`}
        </li>
      ))}
    </ul>
  )
}

function Change({ media, typed, problems }: { media: Media; typed?: Typed | undefined; problems: Problem[] }): JSX.Element {
  const { current } = media
  return (
    <>
      <h2>Change it</h2>
      <form id="description-form" method="post" action={`${itemUrl(media)}/description`} class="narrow">
        <CsrfField />
        <input type="hidden" name="version" value={current.number} />
        <DescriptionFields values={{ ...current, ...typed }} problems={problems} />
        <button type="submit">Save the description</button>
      </form>
      <form method="post" action={`${itemUrl(media)}/file`} enctype="multipart/form-data" class="narrow">
        <CsrfField />
        <input type="hidden" name="version" value={current.number} />
        <FileField label="A new version of the file" problems={problems} />
        <p class="hint">Pages go on showing the version they were saved with, until somebody changes them.</p>
        <button type="submit">Upload the new version</button>
      </form>
    </>
  )
}

function FileField({ label = "Picture or file", problems }: { label?: string; problems: Problem[] }): JSX.Element {
  const wrong = problems.some(({ field }) => field === "file")
  return (
    <p class="field">
      <label for="field-file">{label}</label>
      <span class="hint" id="field-file-hint">
        PNG, JPEG, WebP, GIF or PDF, up to {LARGEST / 1024 / 1024} MB. Place, camera and author are taken out of it before it is kept.
      </span>
      <input id="field-file" name="file" type="file" accept={ACCEPTED} required aria-invalid={wrong || undefined} aria-describedby="field-file-hint" />
    </p>
  )
}

function DescriptionFields({ values, problems }: { values: Typed; problems: Problem[] }): JSX.Element {
  return (
    <>
      <Field name="alt" label="What does it show?" hint="Read to people who cannot see it." value={values.alt} problems={problems} maxlength={2000} />
      <Field name="caption" label="Caption" value={values.caption} problems={problems} maxlength={2000} />
      <Field name="licence" label="Licence" hint="Such as: own work, CC BY 4.0; public domain." value={values.licence} problems={problems} maxlength={300} />
      <Field name="source" label="Source" hint="Who made it, or the address where you found it." value={values.source} problems={problems} maxlength={500} />
    </>
  )
}

function VersionLine({ version, before }: { version: Version; before: Version | undefined }): JSX.Element {
  return (
    <li value={version.number}>
      <a href={mediaUrl(version)}>
        <bdi>{version.name}</bdi>
      </a>
      , <Time at={version.createdAt} exact /> by <bdi>{version.author}</bdi>: {changed(version, before)}
    </li>
  )
}

const NAMES: Record<keyof Description, string> = { alt: "What it shows", caption: "Caption", licence: "Licence", source: "Source" }

function changed(version: Version, before: Version | undefined): string {
  if (version.number === 1) return "uploaded"
  if (before && before.hash !== version.hash) return "a new file"
  const parts = (Object.keys(NAMES) as (keyof Description)[]).filter((part) => before?.[part] !== version[part])
  return parts.map((part) => `${NAMES[part]}: “${version[part] || "nothing"}”`).join("; ") || "description changed"
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
