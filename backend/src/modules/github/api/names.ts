/** Names as GitHub allows them; anything else cannot be a repository and is not asked for. */
const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})$/;
const REPOSITORY = /^[A-Za-z0-9._-]{1,100}$/;

export const isOwnerName = (text: string): boolean => OWNER.test(text);

export const isRepositoryName = (text: string): boolean => REPOSITORY.test(text) && text !== '.' && text !== '..';
