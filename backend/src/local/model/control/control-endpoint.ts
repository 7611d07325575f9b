import type { ServerResponse } from 'node:http';
import { ZodError } from 'zod';
import { ApiError } from '../api/api-error.js';
import { sendJson } from '../api/delivery.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Scripts } from './scripts.js';

/** `/_model/…`: what tests switch and look at. */
export class ControlEndpoint {
  constructor(
    private readonly faults: Faults,
    private readonly scripts: Scripts,
    private readonly ledger: Ledger,
  ) {}

  handle(route: string, body: unknown, res: ServerResponse): void {
    const answer = this.answer(route, body);
    if (answer) sendJson(res, route.startsWith('POST') ? 201 : 200, answer);
    else res.writeHead(204).end();
  }

  /** Undefined for what has no answer. */
  private answer(route: string, body: unknown): object | undefined {
    switch (route) {
      case 'GET /_model/faults':
        return { items: this.faults.list() };
      case 'POST /_model/faults':
        return checked(() => this.faults.add(body));
      case 'DELETE /_model/faults':
        this.faults.clear();
        return undefined;
      case 'POST /_model/scripts':
        return checked(() => this.scripts.add(body));
      case 'DELETE /_model/scripts':
        this.scripts.clear();
        return undefined;
      case 'GET /_model/ledger':
        return { items: this.ledger.list() };
      case 'DELETE /_model/ledger':
        this.ledger.clear();
        return undefined;
      default:
        throw new ApiError(404, `There is no ${route} here.`);
    }
  }
}

function checked(add: () => object): object {
  try {
    return add();
  } catch (error) {
    if (error instanceof ZodError) throw new ApiError(400, error.issues.map((issue) => issue.message).join('; '));
    throw error;
  }
}
