import { TellonceError } from "@tellonce/core"
import { Webhook as Signer } from "standardwebhooks"
import { createGuardedFetch } from "../anchors/guarded-fetch.ts"
import type { Metrics } from "../operate/create-metrics.ts"
import { receiverOf } from "./create-announcer.ts"
import { createDeliver, type DeliverOptions } from "./create-deliver.ts"
import { createDispatcher, type Dispatcher, type DispatcherOptions } from "./create-dispatcher.ts"
import type { Webhook } from "./webhook.ts"

export type EndpointParts = Pick<DeliverOptions, "seal" | "random"> &
  Omit<DispatcherOptions, "to" | "handle"> & { readonly metrics: Pick<Metrics, "delivered"> }

/** One receiver; called, it begins to send. Throws `config/webhook` for a secret that is none. */
export const createEndpoint = (webhook: Webhook, parts: EndpointParts): (() => Dispatcher) => {
  const { url, secret, addresses, plain } = webhook
  const signer = toSigner(secret)
  const call = createGuardedFetch({
    allow: [{ origin: url, ...(addresses && { addresses }), ...(plain && { plain }) }],
  })
  const send: DeliverOptions["send"] = ({ id, body }) => {
    const at = parts.clock()
    const headers = {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at / 1_000)),
      "webhook-signature": signer.sign(id, new Date(at), body),
    }
    return call(url, { method: "POST", headers, body })
  }
  return () => {
    const deliver = createDeliver({ ...parts, send, retire: () => void dispatcher.close() })
    const handle: DispatcherOptions["handle"] = async (outgoing) => {
      const next = await deliver(outgoing)
      parts.metrics.delivered(next === "done" ? "taken" : next === "parked" ? "parked" : "failed")
      return next
    }
    const dispatcher = createDispatcher({ ...parts, to: receiverOf(webhook), handle })
    return dispatcher
  }
}

/** As many as the specification asks for. */
const leastSecret = /^whsec_([A-Za-z\d+/]{4}){8,}([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

const toSigner = (secret: string): Signer => {
  if (leastSecret.test(secret)) return new Signer(secret)
  throw new TellonceError("config/webhook", 'A webhook needs a secret: "whsec_" and 24 bytes or more in base64.')
}
