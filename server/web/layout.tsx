import type { ComponentChildren, JSX } from "preact"
import { assetInAddress, assetUrl } from "./assets.ts"
import { renderFragment } from "./html.tsx"
import { fillSlots, oncePerViewer, slot } from "./slots.ts"
import { isAtLeast, type Viewer } from "./viewer.ts"

export interface LayoutProps {
  title: string
  children: ComponentChildren
  /** Elements for <head>: feeds, canonical address, robots. */
  head?: ComponentChildren
  /** Scripts to load as modules, by name of the asset; a reader's page has none. */
  scripts?: string[]
  styles?: string[]
  lang?: string
}

/** The frame of every page: the same for every reader, with slots where the person's own parts go. */
export function Layout({ title, children, head, scripts = [], styles = [], lang = "en" }: LayoutProps): JSX.Element {
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === "Habeas" ? title : `${title} · Habeas`}</title>
        <link rel="icon" href={icon()} type="image/svg+xml" />
        {["site.css", ...styles].map((name) => (
          <link rel="stylesheet" href={assetUrl(name)} />
        ))}
        {scripts.map((name) => (
          <script type="module" src={assetUrl(name)} />
        ))}
        {head}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the text
        </a>
        <header class="site-header">
          <a class="site-name" href="/">
            Habeas
          </a>
          <form class="site-search" action="/search" role="search" aria-label="This site">
            <input type="search" name="q" aria-label="Search" placeholder="Name or number" />
            <button type="submit">Search</button>
          </form>
          <nav class="site-nav" aria-label="Site">
            <a href="/facilities">Facilities</a>
            <a href="/changes">Changes</a>
            {slot("account")}
          </nav>
        </header>
        <main id="main">{children}</main>
        <footer class="site-footer">
          <p>Habeas is written by volunteers. It is not legal advice. Check a number before you travel or pay.</p>
          <p>
            <a href="/wiki/how-habeas-works">How Habeas works</a> · <a href="/moderation/log">Public log</a> ·{" "}
            <a href="/api/v1/docs">Data</a>
          </p>
        </footer>
      </body>
    </html>
  )
}

let written: string | undefined

// In the page itself: for a reader's phone each request costs more than these few bytes.
function icon(): string {
  return (written ??= assetInAddress("icon.svg"))
}

/** The hidden field every writing form carries; its value is filled in for each person. */
export function CsrfField(): JSX.Element {
  return <input type="hidden" name="_csrf" value={slot("csrf")} />
}

/** The notice under a page's title that invites readers to write. */
export function Invitation(): JSX.Element {
  return <>{slot("invitation")}</>
}

/** What stands in the account slot for this person. `token` is their form token, `notices` what is new for them. */
export function accountHtml(viewer: Viewer, token: string, notices = ""): string {
  return fillSlots(accountOf(viewer), { csrf: token, notices })
}

const accountOf = oncePerViewer((viewer) => renderFragment(<Account viewer={viewer} />))

function Account({ viewer }: { viewer: Viewer }): JSX.Element {
  if (viewer.id === null) {
    return (
      <span class="account">
        <a href="/login">Log in</a> <a href="/register">Register</a>
      </span>
    )
  }
  return (
    <span class="account">
      {isAtLeast(viewer, "moderator") && <a href="/moderation">Moderation</a>} <a href="/new">New page</a>{" "}
      <span>
        <a href="/notices">Notices</a> {slot("notices")}
      </span>{" "}
      <a href="/account">
        <bdi>{viewer.name}</bdi>
      </a>{" "}
      <form method="post" action="/logout">
        <CsrfField />
        <button type="submit">Log out</button>
      </form>
    </span>
  )
}

/** What stands in the invitation slot: nothing once a person is logged in. */
export function invitationHtml(viewer: Viewer): string {
  if (viewer.id !== null) return ""
  return renderFragment(
    <p class="invitation">
      This page is a wiki: <a href="/login">log in</a> or <a href="/register">register</a> to edit.
    </p>,
  )
}
