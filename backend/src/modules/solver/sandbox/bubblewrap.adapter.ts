import type { ConfinedCommand, SandboxAdapter } from './sandbox.js';
import { ENVIRONMENT, gated, launcher, limitArguments, READ_ONLY_ETC, TOOLS, TREE } from './confinement.js';
import { seccompFilter } from './seccomp.js';

/** The descriptor under which the runner hands the filter to bwrap. */
export const SECCOMP_FD = 4;

/** Confinement by bubblewrap(1): all namespaces, no nested user namespace, a system-call filter, dies with the worker. */
export const bubblewrap: SandboxAdapter = {
  name: 'bubblewrap',
  confine(order: ConfinedCommand) {
    const { tree, command, limits, node } = order;
    return [
      ...launcher(),
      'bwrap',
      ...['--unshare-user', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
      ...['--uid', '65534', '--gid', '65534', '--disable-userns', '--cap-drop', 'ALL'],
      ...['--die-with-parent', '--new-session', '--hostname', 'sandbox'],
      ...(seccompFilter(process.arch) ? ['--seccomp', String(SECCOMP_FD)] : []),
      ...['--ro-bind', '/usr', '/usr'],
      ...['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
      ...READ_ONLY_ETC.flatMap((name) => ['--ro-bind', `/etc/${name}`, `/etc/${name}`]),
      ...['--dir', TOOLS, '--ro-bind', node, `${TOOLS}/node`],
      ...['--proc', '/proc', '--dev', '/dev', '--dir', '/run', '--dir', '/home'],
      ...['--size', String(limits.diskMb * 1024 * 1024), '--tmpfs', '/tmp'],
      ...['--bind', tree, TREE, '--remount-ro', '/', '--chdir', TREE, '--clearenv'],
      ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value]),
      ...['--', '/usr/bin/prlimit', ...limitArguments(order), '--', ...gated(command)],
    ];
  },
};
