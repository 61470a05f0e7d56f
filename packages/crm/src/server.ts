export type { HostAgent, HostProof } from "./proofs/host-proof.ts"
export { type HubspotProof, verifyHubspotSignature } from "./proofs/verify-hubspot-signature.ts"
export { type IntercomProof, verifyIntercomRequest } from "./proofs/verify-intercom-request.ts"
export {
  type SalesforceProof,
  type SalesforceRequest,
  verifySalesforceRequest,
} from "./proofs/verify-salesforce-request.ts"
export { type SharedSecretProof, verifySharedSecret } from "./proofs/verify-shared-secret.ts"
export { verifyZendeskToken, type ZendeskProof } from "./proofs/verify-zendesk-token.ts"
