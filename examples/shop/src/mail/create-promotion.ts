import type { Identity } from "@tellonce/core"
import { type MailMessage, toPromotion } from "@tellonce/email"
import type { Tellonce } from "@tellonce/node"
import { promotedItem } from "../shop-actions.ts"
import type { ShopFields } from "../shop-context.ts"
import { support } from "./create-mail-desk.ts"

export type PromotionResult =
  | { readonly sent: true; readonly item: string }
  | { readonly sent: false; readonly reasons: readonly string[] }

/** Sends a promotion if nothing stands against it now; the stock is looked up first, and where it cannot be seen nothing is promoted. */
export const createPromotion =
  (tellonce: Tellonce<ShopFields>, send: (message: MailMessage) => Promise<void>) =>
  async (identity: Identity): Promise<PromotionResult> => {
    try {
      await tellonce.anchor(identity, "stock", { fresh: true })
    } catch {
      return { sent: false, reasons: ["The stock cannot be seen right now."] }
    }
    const item = promotedItem(await tellonce.view(identity))
    const decision = await tellonce.decide(identity, { action: "promote" })
    const to = { name: "Ada", address: identity.value }
    const mail = {
      from: support,
      to,
      subject: `${item}: 20 % off`,
      text: `Hello Ada,\n\nthe ${item} is 20 % off this week.`,
    }
    const promotion = toPromotion(mail, { decision, unsubscribe: "https://acme.example/unsubscribe" })
    if (promotion.held) return { sent: false, reasons: promotion.reasons }
    await send(promotion.message)
    return { sent: true, item }
  }
