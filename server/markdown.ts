/** Text of the file made harmless in Markdown. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()#+\-.!|<>~&$]/g, "\\$&");

/** A name or value as code; a backquote in it cannot end the code. */
export const code = (text: string): string => `\`${text.replace(/\s+/g, " ").replaceAll("`", "'")}\``;
