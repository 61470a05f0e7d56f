export type FormElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
