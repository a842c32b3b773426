/**
 * The form in which data names, block codes and frame codes are compared: two of them are the same by the Unicode
 * canonical caseless match if theirs are equal (Bernstein et al. 2016, J. Appl. Cryst. 49, 277; Unicode Standard D145).
 * Lower case of upper case of lower case folds what one mapping alone keeps apart (ß, ẞ and ss; all forms of sigma).
 */
export function nameKey(name: string): string {
  const lower = name.toLowerCase();
  if (!NOT_ASCII.test(lower)) return lower;
  return name.normalize("NFD").split("ı").map(folded).join("ı").normalize("NFD");
}

const NOT_ASCII = /[^\0-\x7F]/;

/** Case folding of text without the dotless i, whose upper case is that of another letter. */
const folded = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase();
