import type { UpdateUser, User } from '@yudai/sdk';
import type { Question } from '../../ui/confirm/confirm';

export const roles = ['member', 'auditor', 'admin'] as const;

/** What a role may do, in words. */
export const roleAbout: Record<User['role'], string> = {
  member: 'Works in their own sessions and in those shared with them.',
  auditor: 'As a member, and reads, exports and verifies the audit log.',
  admin: 'As an auditor, and sets roles and limits, and shuts people out.',
};

const withArticle = (role: User['role']): string => (role === 'member' ? 'a member' : `an ${role}`);

/** What is asked before a role is changed. */
export function roleQuestion(user: User, role: User['role'], isMe: boolean): Question {
  return {
    title: `Make ${isMe ? 'yourself' : user.login} ${withArticle(role)}?`,
    text: isMe
      ? 'You lose this page at once, and only another administrator can give it back to you.'
      : 'It holds from their next request on, in every browser and for every API token of theirs.',
    details: [
      { label: 'Now', value: user.role },
      { label: 'Then', value: role },
      { label: 'May', value: roleAbout[role] },
    ],
    confirm: 'Change the role',
    danger: isMe,
  };
}

/** What is asked before somebody is shut out. */
export function shutQuestion({ login, role }: User): Question {
  return {
    title: `Shut ${login} out?`,
    text: 'They are signed out everywhere at once, open pages included, and their API tokens are refused.',
    details: [
      { label: 'Role', value: `${role}, kept for when they are let in again` },
      { label: 'Stays', value: 'Their sessions, issues and pull requests' },
      { label: 'Way back', value: 'Let them in again; then they sign in anew' },
    ],
    confirm: 'Shut them out',
    danger: true,
  };
}

/** What has been done, in a sentence. */
export function changeInWords({ login }: User, { role, disabled }: UpdateUser): string {
  if (role) return `${login} is ${withArticle(role)} now`;
  return disabled ? `${login} is shut out` : `${login} may sign in again`;
}

/** What takes a change back. */
export function undoOf(before: User, { role, disabled }: UpdateUser): UpdateUser {
  return {
    ...(role === undefined ? {} : { role: before.role }),
    ...(disabled === undefined ? {} : { disabled: before.disabled }),
  };
}
