import { button, freshId, h, setText } from "./dom.ts"

/** Where a file will stand, while it is on its way. */
export interface UploadPlace {
  dom: HTMLElement
  /** From 0 to 1. */
  show(part: number): void
  refuse(reason: string): void
  /** Says it is waited for. */
  remind(): void
}

/** The name of the file, how much of it has arrived, and what can be done about it. */
export function uploadPlace(name: string, act: { again(): void; remove(): void }): UploadPlace {
  const label = h("span", { id: freshId() })
  const bar = h("progress", { max: 1, value: 0, "aria-labelledby": label.id })
  const problem = h("p", { class: "editor-problem", role: "alert" })
  const again = button("Try again", act.again)
  const remove = button("Stop", act.remove, { "aria-label": `Stop uploading ${name}` })
  const dom = h("div", { class: "editor-upload", contenteditable: "false" }, label, bar, problem, h("div", { class: "editor-buttons" }, again, remove))
  const show = (part: number) => {
    // All has arrived, and the server makes the smaller sizes: nobody knows how long that takes.
    if (part >= 1) bar.removeAttribute("value")
    else bar.value = part
    setText(label, part >= 1 ? `${name}: uploaded, being made ready…` : `Uploading ${name}: ${Math.floor(part * 100)} %`)
    setText(problem, "")
    bar.hidden = false
    again.hidden = true
    setText(remove, "Stop")
  }
  show(0)
  return {
    dom,
    show,
    refuse: (reason) => {
      setText(label, `${name} was not uploaded.`)
      setText(problem, reason)
      bar.hidden = true
      again.hidden = false
      setText(remove, "Remove")
      remove.setAttribute("aria-label", `Remove ${name}`)
    },
    remind: () => {
      setText(problem, "Not saved yet: wait for this file, or remove it, then save again.")
      dom.scrollIntoView({ block: "center" })
    },
  }
}
