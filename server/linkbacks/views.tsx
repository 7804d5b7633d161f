import type { JSX } from "preact"
import { crumbs, type Page } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import type { Linkback } from "./model.ts"

interface LinkbacksProps {
  linkbacks: Linkback[]
  /** Where a link is announced, and the announcement of that which `rdf.ts` wrote; left out where none is taken. */
  taking?: { trackback: string; discovery: string }
}

/** Who links here, under the page, with the address to announce a link to. */
export function Linkbacks({ linkbacks, taking }: LinkbacksProps): JSX.Element | null {
  if (linkbacks.length === 0 && !taking) return null
  return (
    <section class="linkbacks" id="linkbacks" aria-label="Links to this page">
      {linkbacks.length > 0 && (
        <>
          <h2>Linked from</h2>
          <ul class="linkback-list">
            {linkbacks.map((linkback) => (
              <li id={`linkback-${linkback.id}`}>
                <LinkbackView linkback={linkback} />
              </li>
            ))}
          </ul>
        </>
      )}
      {taking && (
        <>
          <p class="trackback-address">
            Trackback address:{" "}
            <a href={taking.trackback} rel="nofollow">
              <code>{taking.trackback}</code>
            </a>
          </p>
          <Markup html={taking.discovery} />
        </>
      )}
    </section>
  )
}

export function LinkbackView({ linkback }: { linkback: Linkback }): JSX.Element {
  return (
    <>
      <SourceLink linkback={linkback} /> <span class="site">{hostOf(linkback.source)}</span>
      {linkback.site && (
        <>
          {" "}
          <bdi class="site-name-of-source">{linkback.site}</bdi>
        </>
      )}
      {linkback.author && (
        <>
          {" by "}
          <bdi class="author">{linkback.author}</bdi>
        </>
      )}{" "}
      <Time at={whenOf(linkback)} />
      {linkback.excerpt && (
        <p class="excerpt">
          <bdi>{linkback.excerpt}</bdi>
        </p>
      )}
    </>
  )
}

/** The link vouches for nothing and tells nobody where the reader came from. */
export function SourceLink({ linkback }: { linkback: Linkback }): JSX.Element {
  return (
    <a href={linkback.source} rel="nofollow ugc noopener noreferrer">
      <bdi>{linkback.title || linkback.source}</bdi>
    </a>
  )
}

/** What a person sees who opens the address that other sites ping. */
export function TrackbackPage({ page, trackback }: { page: Page; trackback: string }): JSX.Element {
  return (
    <Layout title={`Trackback address of ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      <h2>Trackback address</h2>
      <p>
        If you wrote about this page elsewhere, let your site send a TrackBack ping here: a POST with <code>url</code>, and if you like{" "}
        <code>title</code>, <code>excerpt</code> and <code>blog_name</code>.
      </p>
      <p>
        <code>{trackback}</code>
      </p>
      <p class="muted">Opening this page announces nothing. A moderator looks at each ping before it is shown.</p>
    </Layout>
  )
}

/** What a person sees who opens the address for Webmentions. */
export function WebmentionPage({ endpoint }: { endpoint: string }): JSX.Element {
  return (
    <Layout title="Webmention address" head={<meta name="robots" content="noindex" />}>
      <h1>Webmention address</h1>
      <p>
        If you wrote about a page here, let your site send a Webmention to this address: a POST with <code>source</code>, your page, and{" "}
        <code>target</code>, the page here that it links to.
      </p>
      <p>
        <code>{endpoint}</code>
      </p>
      <p class="muted">Your page is looked at first. A moderator looks at each mention before it is shown.</p>
    </Layout>
  )
}

// What claims to be from the future was written, at the latest, when it came.
function whenOf({ writtenAt, createdAt }: Linkback): string {
  return writtenAt !== null && writtenAt < createdAt ? writtenAt : createdAt
}

function hostOf(source: string): string {
  return new URL(source).host
}
