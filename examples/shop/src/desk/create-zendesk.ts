import { exportSPKI, generateKeyPair, SignJWT } from "jose"

const audience = "https://acme.zendesk.com/api/v2/apps/installations/9.json"

/** Zendesk's part, as far as a frame of it is concerned: it signs for the agent who opens the app, and its public key is known. */
export const createZendesk = async () => {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true })
  return {
    audience,
    publicKey: await exportSPKI(publicKey),
    signFor: (agent: string): Promise<string> =>
      new SignJWT({ sub: `https://acme.zendesk.com/api/v2/users/${agent}.json` })
        .setProtectedHeader({ alg: "RS256" })
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign(privateKey),
  }
}

export type Zendesk = Awaited<ReturnType<typeof createZendesk>>
