import { button, h } from "./dom.ts"

// The map as the server drew it, made larger and smaller, moved, and its dots named under the pointer. Without this it is a picture with links.

const STEP = 1.5
const DEEPEST = 12

for (const frame of document.querySelectorAll<HTMLElement>(".map-frame")) enliven(frame)

function enliven(frame: HTMLElement): void {
  const map = frame.querySelector("svg")
  if (!map) return
  const { width, height } = map.viewBox.baseVal
  const view = { x: 0, y: 0, scale: 1 }

  const show = () => {
    const [wide, high] = [width / view.scale, height / view.scale]
    view.x = Math.min(Math.max(0, view.x), width - wide)
    view.y = Math.min(Math.max(0, view.y), height - high)
    map.setAttribute("viewBox", `${view.x} ${view.y} ${wide} ${high}`)
    // Dots grow half as fast as the country, so that those that stand close come apart.
    for (const dot of map.querySelectorAll<SVGCircleElement>("circle")) {
      dot.dataset.radius ??= dot.getAttribute("r") ?? "3"
      dot.setAttribute("r", String(Number(dot.dataset.radius) / Math.sqrt(view.scale)))
    }
  }
  const zoom = (factor: number, at = { x: 0.5, y: 0.5 }) => {
    const scale = Math.min(DEEPEST, Math.max(1, view.scale * factor))
    view.x += (width / view.scale - width / scale) * at.x
    view.y += (height / view.scale - height / scale) * at.y
    view.scale = scale
    show()
  }

  frame.append(
    h("div", { class: "map-tools", role: "group", "aria-label": "Map" },
      button("+", () => zoom(STEP), { "aria-label": "Larger" }),
      button("−", () => zoom(1 / STEP), { "aria-label": "Smaller" }),
      button("↺", () => zoom(0), { "aria-label": "Whole country" })),
  )
  map.addEventListener("wheel", (event) => {
    // The page itself scrolls with the wheel alone.
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, within(map, event))
  }, { passive: false })
  map.addEventListener("dblclick", (event) => zoom(STEP, within(map, event)))
  drag(map, (x, y) => {
    const unit = width / view.scale / map.getBoundingClientRect().width
    view.x -= x * unit
    view.y -= y * unit
    show()
  })
  nameDots(frame, map)
}

function within(map: Element, event: MouseEvent): { x: number; y: number } {
  const box = map.getBoundingClientRect()
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
}

/** Moves with a mouse; a finger scrolls the page past the map. */
function drag(map: SVGSVGElement, move: (x: number, y: number) => void): void {
  let from: { x: number; y: number } | null = null
  let moved = 0
  map.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return
    from = { x: event.clientX, y: event.clientY }
    moved = 0
  })
  map.addEventListener("pointermove", (event) => {
    if (!from) return
    moved += Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y)
    move(event.clientX - from.x, event.clientY - from.y)
    from = { x: event.clientX, y: event.clientY }
  })
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) map.addEventListener(end, () => (from = null))
  map.addEventListener("dragstart", (event) => event.preventDefault())
  // The end of a move is no wish to open what lies under the pointer.
  map.addEventListener("click", (event) => { if (moved > 5) event.preventDefault() }, { capture: true })
}

function nameDots(frame: HTMLElement, map: SVGSVGElement): void {
  const tip = frame.appendChild(h("div", { class: "map-tip", role: "status", hidden: true }))
  const name = (target: EventTarget | null) => {
    const link = target instanceof Element ? target.closest("a.place") : null
    tip.hidden = link === null
    if (!link) return
    tip.textContent = link.querySelector("title")?.textContent ?? ""
    const [dot, box] = [link.getBoundingClientRect(), frame.getBoundingClientRect()]
    tip.style.left = `${Math.min(Math.max(0, dot.left - box.left), Math.max(0, box.width - tip.offsetWidth))}px`
    tip.style.top = `${dot.bottom - box.top + 6}px`
  }
  map.addEventListener("pointerover", (event) => name(event.target))
  map.addEventListener("pointerleave", () => name(null))
}
