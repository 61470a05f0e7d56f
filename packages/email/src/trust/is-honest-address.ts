/**
 * No address that is made to be taken for another: no letter that others fold into a plain one (ligatures, full width, the Kelvin sign),
 * no sign without a shape, and no word that mixes scripts with letters alike.
 */
export const isHonestAddress = (address: string): boolean =>
  /^[!-~]+$/.test(address) ||
  (!/[\p{C}\p{Z}]/u.test(address) &&
    address.normalize("NFKC") === address.normalize("NFC") &&
    ![...address].some((letter) => letter > "\u007f" && /[a-z]/.test(letter.toLowerCase())) &&
    address.split(/[^\p{L}\p{M}]+/u).every((word) => !(latin.test(word) && lookalike.test(word))))

const latin = /\p{Script=Latin}/u
const lookalike =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u
