// Small acts on pasted markup while it is cleaned.

/** What stands before the names of attributes that the policy of the page forbids even in markup nobody sees. */
export const DISARMED = "data-pasted-"

/** Where the style of a pasted element is found. */
export const STYLE = `${DISARMED}style`

/** Puts the children of an element in its place. */
export function unwrap(element: Element) {
  element.replaceWith(...element.childNodes)
}

/** The same children in an element of another name, without the attributes. */
export function rename(element: Element, tag: string): HTMLElement {
  const renamed = element.ownerDocument.createElement(tag)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}

/** Wraps everything in an element in a new one. */
export function wrapChildren(element: Element, tag: string): HTMLElement {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
  return wrapper
}

export const all = (root: ParentNode, selector: string) => [...root.querySelectorAll<HTMLElement>(selector)]

export function textsIn(root: Node): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  while (walker.nextNode()) found.push(walker.currentNode as Text)
  return found
}

/**
 * The address as it stands for a reader of this site: a path for our own pages, whole for all others; null if it is none.
 * Browsers copy addresses whole, so a path is only taken from our own editor, which copies them as they are.
 */
export function resolve(address: string): string | null {
  if (/^\/(wiki|media)\//.test(address)) return address
  try {
    const url = new URL(address)
    return url.origin === location.origin ? url.pathname + url.search + url.hash : url.href
  } catch {
    return null
  }
}
