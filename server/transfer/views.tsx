import type { JSX } from "preact"
import { Markup } from "../web/html.tsx"

/** A page as a file of its own: it needs neither this site nor any other file to be read. */
export function PageFile({ title, address, changed, html }: { title: string; address: string; changed: string; html: string }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="canonical" href={address} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <Markup html={html} as="article" />
        </main>
        <footer>
          <p>
            From <a href={address}>{address}</a>, last changed <time dateTime={changed}>{changed.slice(0, 10)}</time>
          </p>
        </footer>
      </body>
    </html>
  )
}

/** The list of the files in a folder of pages. */
export function PageList({ pages }: { pages: { title: string; file: string }[] }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>All pages</title>
      </head>
      <body>
        <h1>All pages</h1>
        <ul>
          {pages.map(({ title, file }) => (
            <li>
              <a href={encodeURIComponent(file)}>{title}</a>
            </li>
          ))}
        </ul>
      </body>
    </html>
  )
}
