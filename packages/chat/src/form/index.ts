export { type FormQuestions, type FormStep, type Touch, toFormPlan } from "@tellonce/core"
export type { FormWords } from "./form-words.ts"
export { type FormContext, type FormGuard, type FormGuardOptions, guardForm } from "./guard-form.ts"
export { guardPreChat, type PreChatOptions } from "./guard-pre-chat.ts"
