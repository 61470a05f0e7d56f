/** What the guard itself says in a form. All of it is shown as text. */
export interface FormWords {
  readonly yes: string
  readonly no: string
  readonly change: string
  /** The question about a value that may have changed. `question` is the one of the context's definition. */
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
  confirm: ({ question }) => question,
  filled: ({ label, text }) => `${label}: ${text}`,
}
