import type { Route } from "./route.ts"
import { askFields } from "./routes/ask-fields.ts"
import { issueToken } from "./routes/issue-token.ts"
import { openVisitor } from "./routes/open-visitor.ts"
import { readContext } from "./routes/read-context.ts"
import { streamContext } from "./routes/stream-context.ts"
import { writeSignals } from "./routes/write-signals.ts"

/** Every way in and out, and what the API description is made from. */
export const routes: readonly Route[] = [openVisitor, writeSignals, readContext, streamContext, askFields, issueToken]
