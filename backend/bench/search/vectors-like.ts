/** How much of a made vector is one real vector, another, and neither. */
const SHARES = { one: 0.7, other: 0.2, neither: 0.3 };

/** Vectors as the model makes them: its own first, then mixtures of two of them and some noise. The same ones every time. */
export class VectorsLike {
  private readonly real: Float32Array[] = [];
  private given = 0;
  private seed = 1;

  /** @param enough after so many real ones they are made */
  constructor(private readonly enough: number) {}

  get missing(): number {
    return this.enough - this.real.length;
  }

  learn(vectors: readonly Float32Array[]): void {
    this.real.push(...vectors);
  }

  next(): Float32Array {
    const own = this.real[this.given++];
    return own ?? this.mixture();
  }

  private mixture(): Float32Array {
    const [one, other] = [this.any(), this.any()];
    const noise = SHARES.neither / Math.sqrt(one.length);
    const sum = one.map((value, at) => {
      const around = (this.random() + this.random() + this.random()) * 2 - 3;
      return SHARES.one * value + SHARES.other * (other[at] ?? 0) + noise * around;
    });
    const length = Math.hypot(...sum) || 1;
    return sum.map((value) => value / length);
  }

  private any(): Float32Array {
    const vector = this.real[Math.floor(this.random() * this.real.length)];
    if (!vector) throw new Error('there is no vector to make others of');
    return vector;
  }

  /** Lehmer's generator (Park & Miller 1988); 0 to 1. */
  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}
