import type { User } from '../entities/user.entity.js';

/** Where a browser finds somebody's picture: with us, never with GitHub. Null for whom GitHub has none. */
export function avatarUrlOf({ id, avatarUrl }: Pick<User, 'id' | 'avatarUrl'>): string | null {
  return avatarUrl === null ? null : `/api/users/${id}/avatar`;
}
