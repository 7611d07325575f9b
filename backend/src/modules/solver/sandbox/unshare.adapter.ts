import type { ConfinedCommand, SandboxAdapter } from './sandbox.js';
import { ENVIRONMENT, gated, launcher, limitArguments, READ_ONLY_ETC, TOOLS, TREE } from './confinement.js';

/**
 * Builds the root file system of the sandbox inside fresh namespaces and runs the confined command there. It stays the first
 * process: a command that was that itself could ask the kernel not to end it with its worker.
 * $1 work tree, $2 node binary, $3 megabytes of /tmp; then prlimit's arguments, `--`, the command.
 */
const BUILD_ROOT = `
set -eu
tree=$1 node=$2 disk=$3; shift 3
root=/mnt
mount -t tmpfs -o size=1m,mode=755,nosuid,nodev sandbox $root
cd $root
mkdir -p usr proc dev tmp run home old etc .${TREE} .${TOOLS}
for name in bin sbin lib lib64; do ln -s usr/$name $name; done
mount --bind /usr usr && mount -o remount,bind,ro,nosuid usr
for name in ${READ_ONLY_ETC.join(' ')}; do
  if [ -d /etc/$name ]; then mkdir etc/$name; else : >etc/$name; fi
  mount --bind /etc/$name etc/$name && mount -o remount,bind,ro,nosuid etc/$name
done
for name in null zero full random urandom; do : >dev/$name; mount --bind /dev/$name dev/$name; done
ln -s /proc/self/fd dev/fd; ln -s /proc/self/fd/0 dev/stdin; ln -s /proc/self/fd/1 dev/stdout; ln -s /proc/self/fd/2 dev/stderr
: >.${TOOLS}/node; mount --bind "$node" .${TOOLS}/node && mount -o remount,bind,ro,nosuid .${TOOLS}/node
mount -t proc -o nosuid,nodev,noexec proc proc
mount -t tmpfs -o size=\${disk}m,mode=1777,nosuid,nodev tmp tmp
mount --bind "$tree" .${TREE} && mount -o remount,bind,nosuid,nodev .${TREE}
pivot_root . old
umount -l /old
rmdir /old
mount -o remount,ro,bind /
cd ${TREE}
echo 0 >/proc/sys/user/max_user_namespaces || true
exec 9>&2 2>/dev/null
env -i ${Object.entries(ENVIRONMENT)
  .map(([name, value]) => `${name}='${value}'`)
  .join(
    ' ',
  )} setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --securebits=+noroot,+noroot_locked -- prlimit "$@" 2>&9 9>&- || exit $?
`;

/** Confinement with util-linux alone, for machines without bubblewrap. Same namespaces and bounds, no system-call filter. */
export const unshare: SandboxAdapter = {
  name: 'unshare',
  confine(order: ConfinedCommand) {
    const { tree, command, limits, node } = order;
    return [
      ...launcher(),
      'unshare',
      ...['--user', '--map-root-user', '--mount', '--pid', '--net', '--ipc', '--uts', '--cgroup'],
      ...['--fork', '--kill-child=KILL', '--propagation', 'private', '--'],
      ...['/bin/bash', '-c', BUILD_ROOT, 'sandbox', tree, node, String(limits.diskMb)],
      ...[...limitArguments(order), '--', ...gated(command)],
    ];
  },
};
