import { type Fields, view } from "@tellonce/core"
import { completeStatement } from "./complete-statement.ts"
import { createHandler } from "./create-handler.ts"
import { createService } from "./create-service.ts"
import { toResponse } from "./http/to-response.ts"
import { inProcess } from "./in-process.ts"
import { toMethods } from "./interactions/interaction-methods.ts"
import { openContext } from "./open-context.ts"
import { checkConfig } from "./operate/check-config.ts"
import { createRetention } from "./privacy/create-retention.ts"
import { toRightsMethods } from "./privacy/rights-methods.ts"
import type { Question } from "./service.ts"
import type { Tellonce } from "./tellonce.ts"
import type { TellonceOptions } from "./tellonce-options.ts"

export const createTellonce = <F extends Fields>(options: TellonceOptions<F>): Tellonce<F> => {
  checkConfig(options)
  const service = createService(options)
  const { clock, customer, interactions, keep, links, privacy, revocations, tokens } = service
  const handle = createHandler(service)
  const retention = createRetention({ ...service, logFor: options.logFor })
  const record: Tellonce<F>["record"] = (statements, asked = {}) =>
    keep(
      statements.map((statement) => completeStatement(statement, clock())),
      inProcess,
      asked,
    )
  return {
    fetch: async (request) => toResponse(await handle(request)),
    handle,
    isBusy: service.operations.isBusy,
    onShed: service.operations.metrics.shed,
    record,
    link: (identity, to, source) => links.link({ identity, to, source, principal: inProcess }),
    unlink: (identity, to, source) => links.unlink({ identity, to, source, principal: inProcess }),
    previewUnlink: (identity, to) => links.previewUnlink({ identity, to }),
    customer: (identity) => customer(identity),
    view: async (identity, { matter } = {}) => view((await customer(identity)).context, { now: clock(), matter }),
    // Its fields are names of this definition, which is all that is asked of them from here on.
    ask: (identity, question) => service.answer(identity, question as unknown as Question, inProcess),
    open: (identity) =>
      openContext({ ...service, definition: options.context, identity, record, read: () => customer(identity) }),
    issueToken: tokens.issue,
    verifyToken: service.holderOf,
    revoke: revocations.revoke,
    ready: privacy.ready,
    retain: retention.run,
    readReceipt: privacy.readReceipt,
    erase: (identity, scope) => privacy.erase(identity, inProcess, scope),
    audit: service.audit,
    rights: toRightsMethods(service.rights, service.records),
    ...toMethods(interactions, inProcess),
    close: service.close,
  }
}
