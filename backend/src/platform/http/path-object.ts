import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  mixin,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { isId } from '../database/ids.js';
import type { DomainError } from '../errors/domain-error.js';
import type { AuthenticatedRequest } from './access.decorator.js';

const DECIDED = 'yudai:decided-parameters';

/**
 * On handlers (or a whole controller): `guard` decides who may reach what these parameters of the path name. A route with a
 * parameter that no guard decides about does not start.
 */
export function DecidedBy(guard: Type<CanActivate>, ...parameters: string[]): MethodDecorator & ClassDecorator {
  return applyDecorators(UseGuards(guard), (target: object, _key?: unknown, method?: PropertyDescriptor) => {
    const place = (method?.value ?? target) as object;
    const others = (Reflect.getOwnMetadata(DECIDED, place) ?? []) as string[];
    Reflect.defineMetadata(DECIDED, [...others, ...parameters], place);
  });
}

/** The parameters that guards of this handler or controller decide about. */
export function decidedParameters(place: object): readonly string[] {
  return (Reflect.getOwnMetadata(DECIDED, place) ?? []) as string[];
}

/** How the object is found that a parameter of a path names. */
export interface PathObject<Service, Found, Req extends AuthenticatedRequest> {
  readonly parameter: string;
  /** Who knows these objects. */
  readonly service: Type<Service>;
  /** Finds the object where the caller may reach it. */
  readonly find: (service: Service, id: string, req: Req) => Promise<Found | null>;
  /** What is thrown where nothing is found, or the parameter cannot be an id at all. */
  readonly missing: () => DomainError;
  /** Whether a parameter can name such an object; by default an id. */
  readonly wellFormed?: (text: string) => boolean;
}

/**
 * For objects that a path names beside, or instead of, a session: the decorator of handlers that finds the object before
 * anything else of the request is looked at (404), and the parameter that hands it over. Of two decorators the upper one's
 * guard comes last, so what is found inside of something is declared together with it (`applyDecorators`).
 */
export function pathObject<Service, Found, Req extends AuthenticatedRequest = AuthenticatedRequest>(
  wish: PathObject<Service, Found, Req>,
): { readonly Find: () => MethodDecorator; readonly Current: () => ParameterDecorator } {
  const { parameter, service, find, missing, wellFormed = isId } = wish;
  const slot = Symbol(parameter);
  type Holder = Req & { [slot]?: Found };

  class PathObjectGuard implements CanActivate {
    constructor(@Inject(service) private readonly objects: Service) {}

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const req = context.switchToHttp().getRequest<Holder>();
      const text = String(req.params[parameter]);
      const found = wellFormed(text) ? await find(this.objects, text, req) : null;
      if (found === null) throw missing();
      Object.assign(req, { [slot]: found });
      return true;
    }
  }
  const Guard = mixin(PathObjectGuard);
  return {
    Find: () => DecidedBy(Guard, parameter),
    Current: createParamDecorator(
      (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Holder>()[slot],
    ),
  };
}
