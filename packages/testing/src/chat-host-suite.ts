import { afterEach, beforeEach, describe } from "vitest"
import { attributeLaws } from "./chat-host-attribute-laws.ts"
import type { ChatHostBinding, ChatHostSetup } from "./chat-host-binding.ts"
import { eventLaws } from "./chat-host-event-laws.ts"
import { pageLaws } from "./chat-host-page-laws.ts"

/** The laws of `ChatHost`. Every binding of a widget runs them, over the real widget where it can be run. */
export const chatHostSuite = (binding: ChatHostBinding): void => {
  describe(`${binding.name} keeps the laws of a chat host`, () => {
    let widget: ChatHostSetup
    beforeEach(async () => {
      widget = await binding.setup()
      await widget.host.ready()
    })
    afterEach(() => widget.teardown())
    eventLaws(binding, () => widget)
    attributeLaws(binding, () => widget)
  })
  describe(`${binding.name} keeps the laws of a chat host, whatever the page`, () => pageLaws(binding))
}
