import type { Node } from "prosemirror-model"
import type { JSX } from "preact"
import { anchor, type Fact, facts, freshness, type LabelLanguage, langOf, parseLink, parsePhone, say, valueText } from "../../editor/document/index.ts"
import type { FactNote } from "../web/panels.ts"

/** Where the agency itself tells in which place a person is held; for pages that name no official address of their own. */
const LOCATOR = "https://locator.ice.gov/"
// What is so easy to reach must not lead to whoever wants to be paid for finding people.
const OFFICIAL = /^https:\/\/[a-z0-9.-]{1,200}\.gov(?:\/|$)/

interface TopActionsProps {
  doc: Node
  notes: ReadonlyMap<string, FactNote>
  today: string
  language: LabelLanguage
}

/** What a family does next, one tap away wherever they are on the page: call, visit, find the person somewhere else (domain model §4, order on a phone). */
export function TopActions({ doc, notes, today, language }: TopActionsProps): JSX.Element {
  const all = facts(doc)
  const phone = best(all, "phone")
  const hours = best(all, "visiting_hours")
  const visit = hours ?? all.find(({ key }) => key === "visiting_hours") ?? best(all, "street_address")
  const locator = best(all, "locator")
  const standing = (fact: Fact) => (notes.get(fact.block)?.warning ? say(language, "reportedWrong") : freshness(fact, today, language).text)
  return (
    <nav class="top-actions" aria-label={say(language, "wanted")} {...langOf(language)}>
      <Action
        href={phone && callable(phone)}
        name={say(language, "call")}
        more={phone ? [valueText(phone), standing(phone)] : [say(language, "numberNotKnown")]}
      />
      <Action href={visit && `#${placeOf(doc, visit)}`} name={say(language, "visit")} more={[hours ? standing(hours) : say(language, "hoursNotKnown")]} />
      <Action href={locator ? officialOr(LOCATOR, locator) : LOCATOR} name={say(language, "findSomeone")} more={[say(language, "agencyLocator")]} />
    </nav>
  )
}

function Action({ href, name, more }: { href: string | undefined; name: string; more: string[] }): JSX.Element {
  const said = [<b>{name}</b>, ...more.map((text) => [" ", <span>{text}</span>])]
  if (href === undefined) return <span class="no-action">{said}</span>
  return (
    <a href={href} rel={href.startsWith("http") ? "noopener noreferrer" : undefined}>
      {said}
    </a>
  )
}

/** The claim to rely on, if there is one that is not out of date. */
function best(all: readonly Fact[], key: string): Fact | undefined {
  const valid = all.filter((fact) => fact.key === key && fact.state === "known" && fact.rank !== "deprecated")
  return valid.find(({ rank }) => rank === "preferred") ?? valid[0]
}

function callable({ value, type }: Fact): string | undefined {
  const { number, extension, short } = parsePhone(value)
  return type !== "phone" || short ? undefined : `tel:${number}${extension && `,${extension}`}`
}

function officialOr(other: string, { type, value }: Fact): string {
  const href = type === "link" ? parseLink(value).href : ""
  return OFFICIAL.test(href) ? href : other
}

/** The heading above a fact, where what has to be known about it begins; the fact itself where there is none. */
function placeOf(doc: Node, fact: Fact): string {
  const sheet = doc.children.findIndex((block) => block.type.name === "fact_sheet" && block.children.some(({ attrs }) => attrs.id === fact.block))
  const heading = doc.children.slice(0, sheet).findLast(({ type, attrs }) => type.name === "heading" && attrs.id !== null)
  return anchor((heading?.attrs.id as string | undefined) ?? fact.block)
}
