// On a reader's page, which needs none of it: one file, so that a phone asks once.
import "./comment-proof.ts"
import "./open-now.ts"
import "./quote-passage.ts"
