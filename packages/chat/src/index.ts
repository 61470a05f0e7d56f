export { type ChatConnection, connectChat } from "./connect-chat.ts"
export type { Schedule } from "./create-attribute-push.ts"
export { createDeepChatHost, type DeepChatElement, type DeepChatRequest } from "./create-deep-chat-host.ts"
export { createFormHost } from "./create-form-host.ts"
