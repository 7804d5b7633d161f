import { readHref } from "./document/links.ts"
import { readLanguage } from "./document/text-rules.ts"
import { all, rename, resolve, STYLE, textsIn, unwrap, wrapChildren } from "./pasted-dom.ts"

/** Turns looks into marks, keeps links that may be followed, and tidies the blanks of the text. */
export function cleanInline(body: HTMLElement, fromWord: boolean) {
  for (const element of all(body, "b, strong, i, em")) if (isPlain(element)) unwrap(element)
  for (const element of all(body, "span, font, a")) markFromStyle(element)
  for (const element of all(body, ":is(h1, h2, h3, h4, h5, h6, th) :is(b, strong)")) unwrap(element)
  for (const element of all(body, "kbd, samp, tt, var")) rename(element, "code")
  for (const element of all(body, "q")) {
    element.prepend("“")
    element.append("”")
  }
  for (const element of all(body, "a")) keepLink(element)
  for (const element of all(body, "span[lang]")) keepLanguage(element, fromWord)
  for (const text of textsIn(body)) text.data = tidy(text.data)
}

const style = (element: Element) => element.getAttribute(STYLE) ?? ""
// As a property of its own: Word also writes mso-bidi-font-weight, which means nothing here.
const bold = /(?:^|[;\s])font-weight\s*:\s*(bold|[6-9]00)/i
const notBold = /(?:^|[;\s])font-weight\s*:\s*(normal|[1-5]00)/i
const italic = /(?:^|[;\s])font-style\s*:\s*(italic|oblique)/i
const notItalic = /(?:^|[;\s])font-style\s*:\s*normal/i

// Google Docs wraps everything it copies in a <b> that is not bold.
function isPlain(element: HTMLElement): boolean {
  return /^(B|STRONG)$/.test(element.tagName) ? notBold.test(style(element)) : notItalic.test(style(element))
}

function markFromStyle(element: HTMLElement) {
  if (element.textContent?.trim() === "") return
  if (bold.test(style(element))) wrapChildren(element, "strong")
  if (italic.test(style(element))) wrapChildren(element, "em")
}

/** Links within the page they come from lead nowhere here. */
function keepLink(element: HTMLElement) {
  const href = resolve(element.getAttribute("href") ?? "")
  const safe = href === null ? null : readHref(href)
  if (safe === null) unwrap(element)
  else element.setAttribute("href", safe)
}

// Word names the language of every word, and names it wrong.
function keepLanguage(element: HTMLElement, fromWord: boolean) {
  const lang = readLanguage(element.getAttribute("lang") ?? "")
  if (fromWord || lang === null) element.removeAttribute("lang")
  else element.setAttribute("lang", lang)
}

// No-break spaces stand where two blanks were typed; soft hyphens and zero-width marks are of the layout left behind.
// The joiners U+200C and U+200D are letters' parts in Persian, Hindi and others, and stay.
function tidy(text: string): string {
  return text.replace(/[\u00a0\u2007\u202f]/g, " ").replace(/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g, "")
}
