import type { JSX } from "preact"

export interface HeaderProps {
  page: { slug: string; title: string }
  /** The way from the first page to this one, itself left out. */
  crumbs: { href: string; label: string }[]
  tab: "read" | "edit" | "history"
}

/** Breadcrumbs, title and tabs: the same above a page's text, its form and its history. */
export function PageHeader({ page, crumbs, tab }: HeaderProps): JSX.Element {
  const path = `/wiki/${encodeURIComponent(page.slug)}`
  const tabs = [
    ["read", "Read", path],
    ["edit", "Edit", `${path}/edit`],
    ["history", "History", `${path}/history`],
  ] as const
  return (
    <>
      <nav class="breadcrumbs" aria-label="Where you are">
        <ol>
          {crumbs.map(({ href, label }) => (
            <li>
              <a href={href}>{label}</a>
            </li>
          ))}
          <li aria-current="page">{page.title}</li>
        </ol>
      </nav>
      <h1>{page.title}</h1>
      <nav class="tabs" aria-label="Page">
        {tabs.map(([name, label, href]) => (
          <a href={href} aria-current={name === tab ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
    </>
  )
}
