import { expect, it } from "vitest"
import { definePanel, TelloncePanel } from "../index.ts"

it("a server can import the panel and define it, to no effect", () => {
  expect(globalThis.document).toBeUndefined()
  expect(definePanel).not.toThrow()
  expect(TelloncePanel.properties.context).toEqual({ attribute: false })
})
