// Drawn on a grid of 20, as strokes in the colour of the text.
const paths = {
  bold: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  italic: "M9 4h6M5 16h6M12 4 8 16",
  code: "m7 6-4 4 4 4M13 6l4 4-4 4",
  language: "M3 6h8M7 4v2M9 6c0 3-3 6-6 7M5 9c1 2 3 4 5 4M10 17l3.5-8 3.5 8M11.2 14.5h4.6",
  bullets: "M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
  numbers: "M9 5h8M9 10h8M9 15h8M3 4l1.5-.8V7.500M3 11.200c.3-1.6 2.7-1.4 2.4.1L3 14.500h2.5",
  outdent: "M9 5h8M9 10h8M9 15h8M6 7.5 3.5 10 6 12.5",
  indent: "M9 5h8M9 10h8M9 15h8M3.5 7.5 6 10l-2.5 2.5",
  link: "M8.5 11.500a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.300l-1 1M11.5 8.500a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.300l1-1",
  citation: "M5 3.500h7l3 3v10H5zM8 9h4M8 12.500h4",
  insert: "M10 4v12M4 10h12",
  table: "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12M12.5 4v12",
  more: "M4 10h1M9.5 10h1M15 10h1",
  undo: "M7 4 3.5 7.5 7 11M3.5 7.500H12a4 4 0 0 1 0 8H8",
  redo: "M13 4l3.5 3.500L13 11M16.5 7.500H8a4 4 0 0 0 0 8h4",
} as const

export type IconName = keyof typeof paths

const SVG = "http://www.w3.org/2000/svg"

/** A picture for a button that has its name in words elsewhere. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 20 20")
  svg.setAttribute("aria-hidden", "true")
  svg.setAttribute("class", "editor-icon")
  const path = svg.appendChild(document.createElementNS(SVG, "path"))
  path.setAttribute("d", paths[name])
  return svg
}
