import { createUIMessageStream, createUIMessageStreamResponse } from "ai"
import { Hono } from "hono"
import type { ShopBot } from "../bot/create-shop-bot.ts"
import type { Sessions } from "../session.ts"
import { signedIn } from "./signed-in.ts"

/** The bot behind all chats: as JSON, and as the stream that `useChat` reads. */
export const chatRoutes = (bot: ShopBot, sessions: Sessions): Hono =>
  new Hono()
    .post("/bot", async (call) => call.json({ text: await bot.answer(await signedIn(sessions, call)) }))
    .post("/bot/stream", async (call) => {
      const answer = await bot.answer(await signedIn(sessions, call))
      const id = crypto.randomUUID()
      const stream = createUIMessageStream({
        execute: ({ writer }) => {
          writer.write({ type: "start", messageId: id })
          writer.write({ type: "text-start", id })
          for (const delta of answer.split(/(?<=\s)/)) writer.write({ type: "text-delta", id, delta })
          writer.write({ type: "text-end", id })
          writer.write({ type: "finish" })
        },
      })
      return createUIMessageStreamResponse({ stream })
    })
    .post("/bot/news", async (call) => call.json({ text: (await bot.news(await signedIn(sessions, call))) ?? null }))
