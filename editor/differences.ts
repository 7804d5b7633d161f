import { openDiffs } from "./open-diffs.ts"
import { stepThroughChanges } from "./step-changes.ts"

stepThroughChanges()
openDiffs()
