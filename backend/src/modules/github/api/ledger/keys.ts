/** Users whose tokens were used, by when; what is known of them is found from here. */
export const KNOWN_TOKENS = 'yudai:github:tokens';

/** Braces keep the keys of a user on one node of a cluster. */
const prefix = (userId: string): string => `yudai:github:{${userId}}`;

export const accountKey = (userId: string): string => prefix(userId);

/** busy, line, present */
export const laneKeys = (userId: string, lane: string): [string, string, string] => [
  `${prefix(userId)}:${lane}:busy`,
  `${prefix(userId)}:${lane}:line`,
  `${prefix(userId)}:${lane}:present`,
];

export const answerKey = (userId: string, hash: string): string => `${prefix(userId)}:answer:${hash}`;
