/** How many characters (Unicode code points) a display name may have. */
export const MOST_DISPLAY_NAME = 64;

/**
 * Characters that are invisible or change the text beside them: controls, line separators, lone surrogates, and format
 * characters such as those that reverse the direction of writing. The two joiners are allowed: Persian, Hindi and emoji need
 * them.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/** A character that shows something. Blank letters, such as the Hangul fillers and the empty Braille pattern, do not. */
const SHOWN = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

/** The text as a display name: hidden characters removed, spaces collapsed, cut to length; undefined if nothing visible remains. */
export function displayNameOf(text: string): string | undefined {
  const seen = text
    .replace(new RegExp(HIDDEN, 'gu'), ' ')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  const name = [...seen].slice(0, MOST_DISPLAY_NAME).join('').trim();
  return SHOWN.test(name) ? name : undefined;
}

/** Whether a typed text is a valid display name as it is, apart from its spaces. */
export function isDisplayName(text: string): boolean {
  return !HIDDEN.test(text) && SHOWN.test(text) && [...text].length <= MOST_DISPLAY_NAME;
}
