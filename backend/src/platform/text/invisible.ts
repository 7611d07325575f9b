/**
 * Characters that a person does not see but a program reads, in which instructions are smuggled and with which code is
 * made to look other than it is: tags, zero-width and joining characters, variation selectors, everything that turns the
 * direction of writing, and control characters other than tab and line breaks. A selector or joiner that belongs to an
 * emoji stays. The client has the same list (frontend/src/app/ui/text/invisible.ts).
 */
const INVISIBLE =
  /(?![\uFE0F\u200D])\p{Default_Ignorable_Code_Point}|[\u202A-\u202E\uFFF9-\uFFFB\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}])\uFE0F(?!(?<=[#*0-9]\uFE0F)\u20E3)|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/** The text as a person sees it. */
export function stripInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}
