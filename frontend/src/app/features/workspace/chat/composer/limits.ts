/** The server takes no longer message. */
export const longestMessage = 20_000;
/** From here on the remaining characters are counted for the writer. */
export const countedFrom = 18_000;
