import type { AskAnswer } from "@tellonce/core"
import { replyTemplate } from "@tellonce/email"
import type { ShopView } from "../shop-context.ts"
import { orderLine } from "./order-line.ts"
import { soldOutLine } from "./sold-out-line.ts"

/** The answer to a mail, as it would go out now. */
export const draftReply = (seen: ShopView, answers: Readonly<Record<string, AskAnswer>>): string =>
  replyTemplate({
    greeting: "Hello Ada,",
    answers,
    closing: [orderLine(seen), soldOutLine(seen), "Kind regards,\nAcme support"].filter(Boolean).join("\n\n"),
  })
