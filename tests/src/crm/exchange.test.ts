import { createHmac } from "node:crypto"
import { createPanelService } from "@tellonce/crm"
import {
  type HostProof,
  verifyHubspotSignature,
  verifyIntercomRequest,
  verifySalesforceRequest,
  verifySharedSecret,
  verifyZendeskToken,
} from "@tellonce/crm/server"
import { exportSPKI, generateKeyPair, SignJWT } from "jose"
import { afterAll, beforeAll, expect, it } from "vitest"
import { deskOf, type ServiceUnderTest, said, shop, startService } from "../service-under-test.ts"

const ada = { kind: "email", value: "ada@example.com" }
const secret = "the secret of the installation"
const hmac = (text: string, encoding: "base64" | "hex") => createHmac("sha256", secret).update(text).digest(encoding)

let service: ServiceUnderTest
beforeAll(async () => {
  service = await startService({ access: { agents: [deskOf("desk-1"), deskOf("front-desk")] } })
  await service.call("/v1/signals", { body: { signals: [said({ facts: { orderNumber: "A-1042" } })] } })
})
afterAll(() => service.close())

/** What a company's backend does: the host's agent is mapped to a registered one, or to nobody. */
const exchange = async (proof: HostProof, installation?: string) => {
  if (!proof.ok) return undefined
  const agents: Readonly<Record<string, string>> = { "7": "desk-1" }
  const agent = proof.agent ? agents[proof.agent.id] : installation
  return agent === undefined ? undefined : (await service.tellonce.issueToken({ kind: "agent", agent })).token
}

const zendesk = async (user: string): Promise<HostProof> => {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true })
  const audience = "https://shop.zendesk.com/api/v2/apps/installations/9.json"
  const token = await new SignJWT({ sub: `https://shop.zendesk.com/api/v2/users/${user}.json` })
    .setProtectedHeader({ alg: "RS256" })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(privateKey)
  return verifyZendeskToken({ token, publicKey: await exportSPKI(publicKey), audience, now: Date.now() })
}
const hubspot = (user: string): Promise<HostProof> => {
  const url = `https://panel.example.com/token?userId=${user}`
  const timestamp = String(Date.now())
  const signature = hmac(`GET${url}${timestamp}`, "base64")
  return verifyHubspotSignature({
    method: "GET",
    url,
    body: "",
    signature,
    timestamp,
    clientSecret: secret,
    now: Date.now(),
  })
}
const intercom = (user: string): Promise<HostProof> => {
  const body = JSON.stringify({ admin: { id: user } })
  return verifyIntercomRequest({ body, signature: hmac(body, "hex"), clientSecret: secret })
}
const salesforce = (user: string): Promise<HostProof> => {
  const request = { algorithm: "HMACSHA256", issuedAt: Date.now(), context: { user: { userId: user } } }
  const payload = Buffer.from(JSON.stringify(request)).toString("base64")
  const signedRequest = `${hmac(payload, "base64")}.${payload}`
  return verifySalesforceRequest({ signedRequest, consumerSecret: secret, now: Date.now() })
}

const readsWith = async (token: string, agent: string) => {
  const panel = createPanelService({ definition: shop, url: service.url, token, agent, identity: ada })
  await expect.poll(() => panel.view().orderNumber.value).toBe("A-1042")
  panel.close()
}

it.each([
  ["Zendesk", zendesk],
  ["HubSpot", hubspot],
  ["Intercom", intercom],
  ["Salesforce", salesforce],
])("a proof of %s becomes a token of the agent it names, with which the panel reads", async (_, prove) => {
  const token = await exchange(await prove("7"))
  await readsWith(token ?? "", "desk-1")
  expect(await service.tellonce.verifyToken(token ?? "")).toMatchObject({ kind: "agent", agent: "desk-1" })
  expect(await exchange(await prove("666"))).toBeUndefined()
})

it("a secret of Front or Chatwoot becomes a token of the installation's agent", async () => {
  const right = await verifySharedSecret({ given: secret, expected: secret })
  await readsWith((await exchange(right, "front-desk")) ?? "", "front-desk")
  const wrong = await verifySharedSecret({ given: "guessed", expected: secret })
  expect(await exchange(wrong, "front-desk")).toBeUndefined()
})
