import type { Command, EditorState } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { button, h, setAttribute, setText } from "./dom.ts"
import { type IconName, icon } from "./icons.ts"
import { shownKeys } from "./keys-shown.ts"
import { type MenuItem, menu } from "./menu.ts"

/** A button of the bar. `pressed` is given for those that stay down while their state holds. */
export interface Tool {
  label: string
  icon: IconName
  keys?: string
  run: Command
  pressed?(state: EditorState): boolean
  enabled?(state: EditorState): boolean
  /** What a screen reader is told after the act, when the button's pressed state does not say it. */
  done?: string
}

/** A button of the bar that opens a list of acts. */
export interface ToolMenu {
  label: string
  icon?: IconName
  /** What the button shows instead of its name, when that depends on where the cursor is. */
  face?(state: EditorState): string
  shown?(state: EditorState): boolean
  enabled?(state: EditorState): boolean
  items(view: EditorView): MenuItem[]
}

export interface Toolbar {
  dom: HTMLElement
  /** The lists that the menus open, to stand outside the bar. */
  popups: HTMLElement[]
  update(state: EditorState): void
  focus(): void
}

interface Part {
  face: HTMLButtonElement
  popup?: HTMLElement
  update(state: EditorState): void
}

/** The bar over the text: one stop for Tab, arrow keys move inside it, Escape goes back to the text. */
export function toolbar(view: EditorView, groups: (Tool | ToolMenu)[][], announce: Announce): Toolbar {
  const parts = groups.map((group) =>
    group.map((tool) => ("run" in tool ? toolPart(view, tool, announce) : menuPart(view, tool))),
  )
  const all = parts.flat()
  const faces = all.map((part) => part.face)
  const dom = h(
    "div",
    { role: "toolbar", class: "editor-bar", "aria-label": "Tools for the text" },
    ...parts.map((group) => h("div", { class: "editor-group" }, ...group.map((part) => part.face))),
  )
  for (const [index, face] of faces.entries()) face.tabIndex = index === 0 ? 0 : -1
  dom.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return view.focus()
    const target = neighbour(faces, event.key)
    if (!target) return
    event.preventDefault()
    focusOn(target, faces)
  })
  // The text keeps the focus and the selection when a mouse or a finger uses the bar.
  dom.addEventListener("mousedown", (event) => event.preventDefault())
  return {
    dom,
    popups: all.flatMap((part) => part.popup ?? []),
    update: (state) => all.forEach((part) => part.update(state)),
    focus: () => focusOn(faces.find((face) => face.tabIndex === 0 && !face.hidden) ?? faces[0]!, faces),
  }
}

function toolPart(view: EditorView, tool: Tool, announce: Announce): Part {
  const act = () => {
    if (face.getAttribute("aria-disabled") === "true") return
    if (tool.run(view.state, view.dispatch, view) && tool.done) announce(tool.done)
    // An act that opened a window has put the focus there.
    if (!document.querySelector("dialog[open]")) view.focus()
  }
  const face = button("", act, faceAttributes(tool.label, tool.keys))
  face.append(icon(tool.icon))
  return {
    face,
    update: (state) => {
      if (tool.pressed) setAttribute(face, "aria-pressed", String(tool.pressed(state)))
      disable(face, tool.enabled?.(state) === false)
    },
  }
}

function menuPart(view: EditorView, tool: ToolMenu): Part {
  const face = h("button", { type: "button", ...faceAttributes(tool.label) })
  if (tool.icon) face.append(icon(tool.icon))
  if (tool.face) face.append(h("span", { class: "editor-face" }, tool.label))
  face.append(h("span", { class: "editor-caret", "aria-hidden": "true" }))
  const { popup } = menu(
    face,
    () => tool.items(view),
    () => view.focus(),
  )
  return {
    face,
    popup,
    update: (state) => {
      if (tool.face) showFace(face, tool.label, tool.face(state))
      face.hidden = tool.shown?.(state) === false
      disable(face, tool.enabled?.(state) === false)
    },
  }
}

function showFace(face: HTMLElement, label: string, text: string) {
  setText(face.querySelector(".editor-face")!, text)
  setAttribute(face, "aria-label", `${label}: ${text}`)
}

function faceAttributes(label: string, keys?: string) {
  return { "aria-label": label, title: keys ? `${label} (${shownKeys(keys)})` : label }
}

// Not the attribute `disabled`: a button that loses its use while it has the focus must not lose the focus as well.
function disable(face: HTMLElement, disabled: boolean) {
  setAttribute(face, "aria-disabled", disabled ? "true" : null)
}

function focusOn(target: HTMLButtonElement, faces: HTMLButtonElement[]) {
  for (const face of faces) face.tabIndex = face === target ? 0 : -1
  target.focus()
}

function neighbour(faces: HTMLButtonElement[], key: string): HTMLButtonElement | undefined {
  const shown = faces.filter((face) => !face.hidden)
  const at = shown.indexOf(document.activeElement as HTMLButtonElement)
  if (at < 0) return undefined
  if (key === "ArrowRight") return shown[(at + 1) % shown.length]
  if (key === "ArrowLeft") return shown[(at - 1 + shown.length) % shown.length]
  if (key === "Home") return shown[0]
  return key === "End" ? shown.at(-1) : undefined
}
