import type { Node } from "prosemirror-model"
import { type Command, type EditorState, Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { cleanText } from "./clean-text.ts"
import { pageSchema } from "./document/schema.ts"
import { h } from "./dom.ts"
import { askBeforeLeaving } from "./leaving.ts"
import { type Sending, sendFile, type Uploaded, UploadRefused } from "./upload-request.ts"
import { type UploadPlace, uploadPlace } from "./upload-place.ts"

const ACCEPTED = "image/png,image/jpeg,image/webp,image/gif,application/pdf"
const { figure, paragraph } = pageSchema.nodes

/** A file on its way, at a place that moves with the text around it. */
interface Upload {
  file: File
  place: UploadPlace
  sending: Sending | null
  /** The page when the upload began: who writes on meanwhile is not taken away from it. */
  from: Node
}

type Step = { add: Upload; pos: number } | { remove: Upload }

const key = new PluginKey<DecorationSet>("uploads")

/** Uploads what is dropped on the text or pasted into it, and holds a save back until it has arrived. */
export function uploads(announce: Announce): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => {
        const step = tr.getMeta(key) as Step | undefined
        const moved = set.map(tr.mapping, tr.doc)
        if (!step) return moved
        if ("remove" in step) return moved.remove(moved.find(undefined, undefined, ({ upload }) => upload === step.remove))
        return moved.add(tr.doc, [Decoration.widget(step.pos, step.add.place.dom, { upload: step.add, side: -1, stopEvent: () => true })])
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handleDOMEvents: {
        paste: (view, event) => take(view, event, pastedFiles(event.clipboardData), afterBlock(view.state), announce),
        drop: (view, event) => take(view, event, filesIn(event.dataTransfer), dropPlace(view, event), announce),
      },
    },
    view: (view) => {
      const hold = (event: Event) => holdBack(view, event, announce)
      document.addEventListener("submit", hold, true)
      const stopAsking = askBeforeLeaving(() => waiting(view.state).length > 0)
      return {
        destroy: () => {
          document.removeEventListener("submit", hold, true)
          stopAsking()
          for (const { sending } of waiting(view.state)) sending?.stop()
        },
      }
    },
  })
}

/** Asks for files and uploads them to where the cursor is. */
export function chooseFiles(announce: Announce): Command {
  return (_state, dispatch, view) => {
    if (!dispatch || !view) return true
    const input = h("input", { type: "file", accept: ACCEPTED, multiple: true, class: "editor-hidden", "aria-label": "Pictures or files" })
    const done = () => input.remove()
    input.addEventListener("change", () => {
      for (const file of input.files ?? []) begin(view, file, afterBlock(view.state), announce)
      done()
    })
    input.addEventListener("cancel", done)
    document.body.append(input)
    input.click()
    return true
  }
}

function take(view: EditorView, event: Event, files: File[], pos: number, announce: Announce): boolean {
  if (files.length === 0) return false
  event.preventDefault()
  for (const file of files) begin(view, file, pos, announce)
  return true
}

function filesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])]
}

/** What is copied from Word or a spreadsheet comes with a picture of itself: there the text is what is meant. */
function pastedFiles(data: DataTransfer | null): File[] {
  return data?.getData("text/plain").trim() ? [] : filesIn(data)
}

/** After the block of the page that the cursor is in. */
function afterBlock({ selection: { $to } }: EditorState): number {
  return $to.depth === 0 ? $to.pos : $to.after(1)
}

function dropPlace(view: EditorView, event: DragEvent): number {
  const found = view.posAtCoords({ left: event.clientX, top: event.clientY })
  if (!found) return view.state.doc.content.size
  const $pos = view.state.doc.resolve(found.pos)
  return $pos.depth === 0 ? $pos.pos : $pos.after(1)
}

function begin(view: EditorView, file: File, pos: number, announce: Announce) {
  const upload: Upload = {
    file,
    sending: null,
    from: view.state.doc,
    place: uploadPlace(file.name, {
      again: () => void send(view, upload, announce),
      remove: () => {
        upload.sending?.stop()
        view.dispatch(view.state.tr.setMeta(key, { remove: upload } satisfies Step))
        view.focus()
      },
    }),
  }
  view.dispatch(view.state.tr.setMeta(key, { add: upload, pos } satisfies Step).setMeta("addToHistory", false))
  void send(view, upload, announce)
}

async function send(view: EditorView, upload: Upload, announce: Announce) {
  const { file, place } = upload
  announce(`Uploading ${file.name}`)
  place.show(0)
  upload.sending = sendFile(file, tokenOf(view), place.show)
  try {
    put(view, upload, await upload.sending.done, announce)
  } catch (error) {
    if (!(error instanceof UploadRefused)) throw error
    place.refuse(error.message)
  } finally {
    upload.sending = null
  }
}

/** Puts what was uploaded where it was wanted, and asks what a picture shows. */
function put(view: EditorView, upload: Upload, uploaded: Uploaded, announce: Announce) {
  const [found] = key.getState(view.state)!.find(undefined, undefined, ({ upload: one }) => one === upload)
  if (!found) return
  const untouched = view.state.doc.eq(upload.from)
  const { tr } = view.state
  const before = tr.doc.resolve(found.from).nodeBefore
  const from = before?.type === paragraph && before.content.size === 0 ? found.from - before.nodeSize : found.from
  const block = uploaded.kind === "picture" ? pictureOf(uploaded) : linkTo(uploaded)
  tr.setMeta(key, { remove: upload } satisfies Step).replaceWith(from, found.from, block)
  if (from + block.nodeSize === tr.doc.content.size) tr.insert(from + block.nodeSize, paragraph.create())
  view.dispatch(tr)
  if (uploaded.kind === "file") return announce(`${uploaded.name} is uploaded and linked.`)
  announce(`${uploaded.name} is uploaded. Say what the picture shows.`)
  const dom = view.nodeDOM(from)
  if (untouched && dom instanceof HTMLElement) {
    dom.scrollIntoView({ block: "nearest" })
    dom.querySelector<HTMLInputElement>(".figure-form input")?.focus()
  }
}

function pictureOf({ src, alt, width, height }: Uploaded): Node {
  return figure.create({ src, alt: cleanText(alt), width, height })
}

function linkTo({ src, name, bytes }: Uploaded): Node {
  const size = bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
  const link = pageSchema.marks.link.create({ href: src })
  return paragraph.create(null, [pageSchema.text(cleanText(name), [link]), pageSchema.text(` (PDF, ${size})`)])
}

function waiting(state: EditorState): Upload[] {
  return (key.getState(state)?.find() ?? []).map(({ spec }) => spec.upload as Upload)
}

/** A save would go without the files that are on their way, so it waits for them. What has no description is only told. */
function holdBack(view: EditorView, event: Event, announce: Announce) {
  if (!(event.target instanceof HTMLFormElement) || !event.target.contains(view.dom) || view.dom.closest("[hidden]")) return
  const [first] = waiting(view.state)
  if (!first) return void tellOfUndescribed(view, announce)
  event.preventDefault()
  event.stopImmediatePropagation()
  first.place.remind()
  announce("Not saved yet. A file is still being uploaded.")
}

function tellOfUndescribed({ state }: EditorView, announce: Announce) {
  let count = 0
  state.doc.forEach((node) => void (node.type === figure && node.attrs.src !== null && node.attrs.alt === "" && count++))
  if (count > 0) announce(`${count === 1 ? "A picture has" : `${count} pictures have`} no description for people who cannot see.`)
}

function tokenOf(view: EditorView): string {
  return view.dom.closest("form")?.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? ""
}
