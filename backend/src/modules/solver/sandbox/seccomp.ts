/**
 * System calls that a build or a test never needs and that reach beyond a namespace: kernel keyrings are shared with the
 * host, the others are the usual ways into the kernel. Numbers of the kernel's tables for x86-64 and arm64 (asm-generic).
 */
const DENIED: Record<'x64' | 'arm64', { readonly audit: number; readonly calls: readonly number[] }> = {
  x64: {
    audit: 0xc000003e,
    // add_key request_key keyctl, ptrace, mount umount2 pivot_root, bpf, perf_event_open, userfaultfd, kexec_load kexec_file_load,
    // init_module finit_module delete_module, open_by_handle_at, io_uring_setup
    calls: [248, 249, 250, 101, 165, 166, 155, 321, 298, 323, 246, 320, 175, 313, 176, 304, 425],
  },
  arm64: {
    audit: 0xc00000b7,
    calls: [217, 218, 219, 117, 40, 39, 41, 280, 241, 282, 104, 294, 105, 273, 106, 265, 425],
  },
};

const LOAD_WORD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_EQUAL = 0x35;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const ERRNO_EPERM = 0x00050001;
const KILL = 0x80000000;
const ARCH_OFFSET = 4;
const NUMBER_OFFSET = 0;
/** Calls at or above this carry the x32 flag, which would get round the numbers. */
const X32 = 0x40000000;

type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, value: number];

/**
 * The filter as a classic BPF program (seccomp(2), `struct sock_filter`), denied calls answering EPERM; undefined on a
 * machine whose numbers are not known here.
 */
export function seccompFilter(arch: string): Buffer | undefined {
  if (arch !== 'x64' && arch !== 'arm64') return undefined;
  const { audit, calls } = DENIED[arch];
  const program: Instruction[] = [
    [LOAD_WORD, 0, 0, ARCH_OFFSET],
    [JUMP_EQUAL, 1, 0, audit],
    [RETURN, 0, 0, KILL],
    [LOAD_WORD, 0, 0, NUMBER_OFFSET],
    [JUMP_GREATER_EQUAL, calls.length + 1, 0, X32],
    ...calls.map((number, index): Instruction => [JUMP_EQUAL, calls.length - index, 0, number]),
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, ERRNO_EPERM],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, jumpTrue, jumpFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  });
  return bytes;
}
