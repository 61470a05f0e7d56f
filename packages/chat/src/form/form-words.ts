/** What the guard itself says in a form. All of it is shown as text. */
export interface FormWords {
  readonly yes: string
  readonly no: string
  readonly change: string
  /** A known value as it is shown. `text` is what the form calls it, where it is one of given answers. */
  value(about: { readonly field: string; readonly value: unknown; readonly text: string }): string
  /** The question about a value that may have changed. `text` is as it is shown, `question` as the context would ask. */
  confirm(about: {
    readonly field: string
    readonly label: string
    readonly text: string
    readonly question: string
  }): string
  /** Told to screen readers when a value becomes known while the form is open. */
  filled(about: { readonly label: string; readonly text: string }): string
}

export const englishWords: FormWords = {
  yes: "Yes",
  no: "No",
  change: "Change",
  value: ({ text }) => text,
  confirm: ({ label, text }) => `${label}: is it still ${text}?`,
  filled: ({ label, text }) => `${label}: ${text}`,
}
