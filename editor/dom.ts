type Child = Node | string | null | undefined | false
type Attributes = Record<string, string | number | boolean | null | undefined>

/**
 * An element with its attributes and children. `true` writes an empty attribute; `false`, `null` and `undefined` write
 * none. Text is always text, never markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value)
  for (const child of children) if (child) element.append(child)
  return element
}

/** Sets an attribute only when it changes, so that screen readers hear changes and nothing else. */
export function setAttribute(element: Element, name: string, value: Attributes[string]) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name)
  else {
    const text = value === true ? "" : String(value)
    if (element.getAttribute(name) !== text) element.setAttribute(name, text)
  }
}

export function setText(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text
}

/** A button that never submits the form it stands in. */
export function button(label: string, run: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, label)
  element.addEventListener("click", run)
  return element
}

let count = 0

/** An id for `for` and `aria-` attributes. The "editor-" prefix keeps clear of the ids of blocks ("b-") and of the page. */
export function freshId(): string {
  return `editor-${++count}`
}
