/** A text as a value of one line: as it is where that will do, else between quotes; undefined where neither kind will do. */
export function writeValue(text: string): string | undefined {
  const isPlain =
    text !== "" && !/[\s[\]{}]/.test(text) && !/^(?:[_#$'";]|data_|save_|(?:loop|stop|global)_$|[?.]$)/i.test(text);
  if (isPlain) return text;
  if (/[\r\n]/.test(text)) return undefined;
  const mark = ["'", '"'].find((candidate) => !text.includes(candidate));
  return mark && `${mark}${text}${mark}`;
}
