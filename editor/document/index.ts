// The one door to the document model.
export * from "./schema.ts"
export * from "./facts.ts"
export * from "./blocks.ts"
