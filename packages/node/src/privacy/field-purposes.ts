import { isEvent, type Signal } from "@tellonce/core"
import { eventField } from "../access/event-fields.ts"
import { service } from "../access/purpose.ts"
import { adult } from "../access/standing.ts"
import type { Choices } from "./consent-field.ts"

/** Per field the purposes it serves. A field that is not named serves the service itself, which needs no consent. */
export type FieldPurposes = Readonly<Record<string, readonly string[]>>

/** May this field be kept of somebody who chose so? One granted purpose is enough. */
export const isConsented = (purposes: FieldPurposes, field: string, choices: Choices): boolean => {
  const served = Object.hasOwn(purposes, field) ? purposes[field] : undefined
  if (served === undefined || served.includes(service)) return true
  return !isMinor(choices) && served.some((purpose) => isChosen(choices, purpose, "granted"))
}

/** Some purpose of it was denied and none is granted. For a minor all are denied. */
export const isRefused = (purposes: FieldPurposes, field: string, choices: Choices): boolean =>
  !isConsented(purposes, field, choices) &&
  (isMinor(choices) || (purposes[field] ?? []).some((purpose) => isChosen(choices, purpose, "denied")))

const isMinor = (choices: Choices): boolean => isChosen(choices, adult, "denied")

const isChosen = (choices: Choices, purpose: string, choice: Choices[string]): boolean =>
  Object.hasOwn(choices, purpose) && choices[purpose] === choice

/** The fields a signal gives something to: by its facts, by its event, and by what it says was told or offered. */
export const fieldsCarried = ({ facts = {}, event }: Signal): readonly string[] => {
  const fields = Object.keys(facts)
  if (event) fields.push(eventField(event.name))
  if (isEvent(event, "told", "offered")) fields.push(...Object.keys(event.facts))
  return fields
}
