// What decides whether a page can be kept. The grammar of values brings the tables of the world's telephone numbers,
// which are as large as a quarter of the editor: all of this is fetched when it is first needed.
export { InvalidDocument, parsePage } from "./document/parse.ts"
export { readValue } from "./document/values.ts"
