import type { Route } from "./route.ts"
import { acceptHandoff } from "./routes/accept-handoff.ts"
import { askAnchor } from "./routes/ask-anchor.ts"
import { askFields } from "./routes/ask-fields.ts"
import { closeMatter } from "./routes/close-matter.ts"
import { decideAction } from "./routes/decide-action.ts"
import { declineHandoff } from "./routes/decline-handoff.ts"
import { eraseCustomer } from "./routes/erase-customer.ts"
import { exportCustomer } from "./routes/export-customer.ts"
import { handOff } from "./routes/hand-off.ts"
import { importCustomer } from "./routes/import-customer.ts"
import { issueTicket } from "./routes/issue-ticket.ts"
import { issueToken } from "./routes/issue-token.ts"
import { linkHandoff } from "./routes/link-handoff.ts"
import { linkIdentities } from "./routes/link-identities.ts"
import { objectToPurpose } from "./routes/object-to-purpose.ts"
import { openMatter } from "./routes/open-matter.ts"
import { openRequest } from "./routes/open-request.ts"
import { openVisitor } from "./routes/open-visitor.ts"
import { placeHold } from "./routes/place-hold.ts"
import { previewUnlink } from "./routes/preview-unlink.ts"
import { putConsent } from "./routes/put-consent.ts"
import { putMinor } from "./routes/put-minor.ts"
import { readAudit } from "./routes/read-audit.ts"
import { readConsent } from "./routes/read-consent.ts"
import { readContext } from "./routes/read-context.ts"
import { readHash } from "./routes/read-hash.ts"
import { readReaders } from "./routes/read-readers.ts"
import { readRecords } from "./routes/read-records.ts"
import { readRequests } from "./routes/read-requests.ts"
import { redeemHandoffLink } from "./routes/redeem-handoff-link.ts"
import { releaseHold } from "./routes/release-hold.ts"
import { restrictCustomer } from "./routes/restrict-customer.ts"
import { revokeCredentials } from "./routes/revoke-credentials.ts"
import { showHandoffLink } from "./routes/show-handoff-link.ts"
import { streamContext } from "./routes/stream-context.ts"
import { takeBackup } from "./routes/take-backup.ts"
import { tellCustomer } from "./routes/tell-customer.ts"
import { unlinkIdentities } from "./routes/unlink-identities.ts"
import { verifyAuditTrail } from "./routes/verify-audit.ts"
import { writeSignals } from "./routes/write-signals.ts"

/** Every way in and out, and what the API description is made from. */
export const routes: readonly Route[] = [
  openVisitor,
  writeSignals,
  linkIdentities,
  unlinkIdentities,
  previewUnlink,
  readContext,
  streamContext,
  askFields,
  tellCustomer,
  openMatter,
  closeMatter,
  placeHold,
  releaseHold,
  decideAction,
  handOff,
  acceptHandoff,
  declineHandoff,
  linkHandoff,
  showHandoffLink,
  redeemHandoffLink,
  askAnchor,
  issueToken,
  issueTicket,
  revokeCredentials,
  readAudit,
  verifyAuditTrail,
  readReaders,
  readHash,
  putConsent,
  readConsent,
  exportCustomer,
  importCustomer,
  eraseCustomer,
  takeBackup,
  restrictCustomer,
  objectToPurpose,
  putMinor,
  openRequest,
  readRequests,
  readRecords,
]
