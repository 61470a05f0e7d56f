/** Each member of a union that carries a value, with that value typed. */
export type WithValue<Union, Value> = Union extends { readonly value: unknown }
  ? Omit<Union, "value"> & { readonly value: Value }
  : Union
