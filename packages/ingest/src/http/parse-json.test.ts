import { gzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { openIngest } from "../ingest.suite.ts"

const whole = 4_000_000
const codeOf = async (path: string, body: string, type = "application/json") => {
  const { post } = openIngest({ segment: {}, twilio: { secret: "a secret of eight" } })
  const response = await post(path, gzipSync(body), { "content-type": type })
  return [response.status, ((await response.json()) as { error: { code: string } }).error.code]
}

describe("what costs more than its bytes is refused before anything is made of it, whoever sends it", () => {
  it.each([
    ["a nest", "[".repeat(whole / 2) + "]".repeat(whole / 2)],
    ["many objects", `[${"{},".repeat(whole / 3)}{}]`],
    ["many members", `{"type":"track","properties":[${"0,".repeat(whole / 2)}0]}`],
    ["many members behind a text", `["\\\\\\"",${"0,".repeat(whole / 2)}0]`],
  ])("%s", async (_, body) => {
    expect(await codeOf("/v1/batch", body)).toEqual([413, "body/too_many_members"])
  })

  it("many fields of a form", async () => {
    const body = "a=&".repeat(whole / 3)
    expect(await codeOf("/v1/webhooks/twilio", body, "application/x-www-form-urlencoded")).toEqual([
      413,
      "body/too_many_members",
    ])
  })
})

it("a long text counts as one, whatever stands in it", async () => {
  const body = JSON.stringify({ text: '[{,\\"'.repeat(200_000) })
  expect(await codeOf("/v1/batch", body)).toEqual([401, "ingest/unknown_key"])
})
