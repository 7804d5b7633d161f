import { ID_PREFIX } from "./document/ids.ts"

// On a reader's page: words that are selected can be commented on. Without this the same is done by choosing from a list of passages.

/** Characters before and after the words that tell them from the same words elsewhere in the passage. */
const CONTEXT = 32
/** What a passage shows besides its words. */
const NOT_WORDS = ".citation, .edit-link, .comment-marks, .permalink"
/** Elements whose words do not run into those after them. */
const APART = "br, td, th, li, p"
/** Milliseconds in which a selection has come to rest. */
const REST = 200

const text = document.querySelector<HTMLElement>("article.page > .text")
const form = document.querySelector<HTMLFormElement>("form.comment-form")
const quoting = form?.querySelector<HTMLFieldSetElement>("fieldset.quoting")
if (text && form && quoting) offerToQuote(text, form, quoting)

function offerToQuote(text: HTMLElement, form: HTMLFormElement, quoting: HTMLFieldSetElement): void {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "quote-button"
  button.textContent = "Comment on this"
  button.hidden = true
  document.body.append(button)

  let waiting = 0
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting)
    waiting = window.setTimeout(() => place(button, passageOf(text)), REST)
  })
  // A finger or mouse on the button must not end the selection first.
  button.addEventListener("pointerdown", (event) => event.preventDefault())
  button.addEventListener("click", () => {
    const found = passageOf(text)
    if (!found) return
    button.hidden = true
    if (found.isFact) location.assign(`${form.action}?quote=${found.block.id.slice(ID_PREFIX.length)}#reply`)
    else fill(form, quoting, found)
  })
}

interface Found {
  block: HTMLElement
  isFact: boolean
  range: Range
}

/** The part of the selection that lies in the passage it begins in. */
function passageOf(text: HTMLElement): Found | null {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0).cloneRange()
  const start = range.startContainer
  const block = (start instanceof Element ? start : start.parentElement)?.closest<HTMLElement>(`[id^="${ID_PREFIX}"]`)
  if (!block || !text.contains(block)) return null
  if (!block.contains(range.endContainer)) range.setEnd(block, block.childNodes.length)
  return wordsIn(range) === "" ? null : { block, isFact: block.matches(".fact"), range }
}

function place(button: HTMLButtonElement, found: Found | null): void {
  button.hidden = !found
  if (!found) return
  const { left, bottom } = found.range.getBoundingClientRect()
  const most = document.documentElement.clientWidth - button.offsetWidth - 8
  button.style.left = `${scrollX + Math.max(8, Math.min(left, most))}px`
  button.style.top = `${scrollY + bottom + 8}px`
}

function fill(form: HTMLFormElement, quoting: HTMLFieldSetElement, { block, range }: Found): void {
  const before = document.createRange()
  before.setStart(block, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const after = document.createRange()
  after.setStart(range.endContainer, range.endOffset)
  after.setEnd(block, block.childNodes.length)
  const values: Record<string, string> = {
    quote: block.id.slice(ID_PREFIX.length),
    words: wordsIn(range),
    before: spaced(before).trimStart().slice(-CONTEXT),
    after: spaced(after).trimEnd().slice(0, CONTEXT),
  }
  quoting.hidden = quoting.disabled = false
  for (const [name, value] of Object.entries(values)) (form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement).value = value
  form.querySelector<HTMLElement>(".quote-offer")?.setAttribute("hidden", "")
  quoting.scrollIntoView({ block: "center" })
  form.querySelector<HTMLTextAreaElement>('textarea[name="body"]')?.focus({ preventScroll: true })
}

function wordsIn(range: Range): string {
  return spaced(range).trim()
}

/** The words of a range as the site knows them: what the page adds for readers left out, every run of blanks one blank. */
function spaced(range: Range): string {
  const part = range.cloneContents()
  for (const added of part.querySelectorAll(NOT_WORDS)) added.remove()
  for (const element of part.querySelectorAll(APART)) element.after(" ")
  return (part.textContent ?? "").replace(/\s+/g, " ")
}
