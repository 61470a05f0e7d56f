import { expect, it } from "vitest"
import { automatedKind } from "./automated-kind.ts"

const kindOf = (headers: Readonly<Record<string, string>>, from = "ada@example.com") =>
  automatedKind((name) => (headers[name] === undefined ? [] : [headers[name]]), from)

it.each([
  [{ "auto-submitted": "auto-replied" }, "auto-reply"],
  [{ "auto-submitted": "auto-generated (rejected)" }, "auto-reply"],
  [{ "x-autoreply": "yes" }, "auto-reply"],
  [{ "x-autorespond": "" }, "auto-reply"],
  [{ "x-loop": "support@acme.example" }, "auto-reply"],
  [{ precedence: "Auto_Reply" }, "auto-reply"],
  [{ precedence: "bulk" }, "bulk"],
  [{ precedence: "list" }, "bulk"],
  [{ "list-id": "<news.acme.example>" }, "bulk"],
  [{ "return-path": " < > " }, "bounce"],
  [{ "x-failed-recipients": "ada@example.com" }, "bounce"],
  [{ "content-type": 'Multipart/Report; boundary=x; report-type="delivery-status"' }, "bounce"],
  [{ "content-type": "multipart/report; report-type=disposition-notification" }, null],
  [{ "auto-submitted": "no" }, null],
  [{ "auto-submitted": "No; really" }, null],
  [{ precedence: "first-class" }, null],
  [{ "x-auto-response-suppress": "All" }, null],
  [{ "return-path": "<ada@example.com>" }, null],
  [{}, null],
] as const)("%j is written by: %s", (headers, kind) => {
  expect(kindOf(headers)).toBe(kind)
})

it("the postmaster and the mailer daemon write delivery reports", () => {
  expect(kindOf({}, "MAILER-DAEMON@mx.example.com")).toBe("bounce")
  expect(kindOf({}, "postmaster@example.com")).toBe("bounce")
  expect(kindOf({}, "not-postmaster@example.com")).toBeNull()
})
