/** XML 1.0 and HTML have no way to write most control characters. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that neither XML nor HTML can take for markup, in content and in attributes. */
export const escapeMarkup = (text: string): string =>
  text.replace(NOT_XML, "\ufffd").replace(/[&<>"']/g, (character) => ENTITIES[character]!);
