// What is only needed to edit a page as Markdown: loaded when somebody asks for it.
export { inheritIds } from "./document/align.ts"
export { fromMarkdown, toMarkdown } from "./document/markdown.ts"
