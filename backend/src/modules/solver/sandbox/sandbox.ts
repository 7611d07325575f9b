/** Bounds of everything that runs in a sandbox. */
export interface SandboxLimits {
  /** Of all processes of a command together where a cgroup can be had, else of each of them. */
  readonly memoryMb: number;
  /** Of the work tree, and of the private /tmp. */
  readonly diskMb: number;
  readonly processes: number;
}

/** A command under way: its output as it comes, and how it ended. */
export interface CommandOptions {
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
}

export interface CommandResult {
  /** As a shell reports it: 128 + signal for a killed process. */
  readonly exitCode: number;
  readonly durationMs: number;
  /** Why it was ended from outside; absent when it ended by itself. */
  readonly ended?: 'timeout' | 'cancelled' | 'disk';
}

/**
 * Runs untrusted shell commands on one work tree, seen as /repo: no network, read-only system, own processes, no
 * credential. When a command is over, by itself or not, none of its processes is left.
 */
export interface Sandbox {
  run(command: string, options: CommandOptions): Promise<CommandResult>;
  /** Gives up what the sandbox holds outside of the work tree. */
  destroy(): Promise<void>;
}

/** A command with all that its confinement depends on. */
export interface ConfinedCommand {
  readonly tree: string;
  readonly command: string;
  readonly limits: SandboxLimits;
  /** The Node.js binary that commands find as `node`. */
  readonly node: string;
  /** Whether a control group already bounds the memory of all its processes together. */
  readonly grouped: boolean;
}

/** One way to confine processes on this machine. */
export interface SandboxAdapter {
  readonly name: 'bubblewrap' | 'unshare';
  /** The program and arguments that run the command confined. */
  confine(order: ConfinedCommand): readonly string[];
}
