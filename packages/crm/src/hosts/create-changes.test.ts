import type { SidebarSubject } from "@tellonce/core"
import { expect, it } from "vitest"
import { createChanges } from "./create-changes.ts"

const ada: SidebarSubject = { identities: [{ kind: "acme.contact", value: "100" }] }

it("who is made to leave by another who is told hears no more", () => {
  let change: (subject: SidebarSubject | null) => void = () => {}
  const onChange = createChanges({
    current: async () => null,
    start(changed) {
      change = changed
      return () => {}
    },
  })
  const heard: (SidebarSubject | null)[] = []
  onChange(() => stop())
  const stop = onChange((subject) => heard.push(subject))
  change(ada)
  expect(heard).toEqual([])
})
