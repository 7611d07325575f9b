/**
 * Characters that nobody sees and that make a text look other than it is; a selector or joiner that belongs to an emoji is
 * none. The server has the same list (backend/src/platform/text/invisible.ts).
 */
const invisible =
  /(?![\uFE0F\u200D])\p{Default_Ignorable_Code_Point}|[\u202A-\u202E\uFFF9-\uFFFB\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}])\uFE0F(?!(?<=[#*0-9]\uFE0F)\u20E3)|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/** Words without what nobody sees. */
export function stripInvisible(text: string): string {
  return text.replace(invisible, '');
}

/** Code, output and names of files, in which what nobody sees is named: `⟨U+202E⟩`. Who reviews them has to know of it. */
export function showInvisible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}
