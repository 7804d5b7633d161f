export { markdownHelp } from "./markdown-help.ts"
export { fromMarkdown } from "./markdown-read.ts"
export { toMarkdown } from "./markdown-write.ts"
