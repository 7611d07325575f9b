import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS } from '../../../platform/http/access.decorator.js';
import { decidedParameters } from '../../../platform/http/path-object.js';

/** Nest's own mark of a controller's or a route's path. */
const PATH = 'path';
const PARAMETER = /:(\w+)/g;

type Controller = Parameters<typeof Reflect.getMetadata>[1] & { readonly name: string; readonly prototype?: object };

/**
 * Looks at every route when the application starts. One that does not say who may call it, or that has a parameter in its path
 * without a guard that decides who may reach what it names, keeps it from starting.
 */
@Injectable()
export class AccessDeclarations implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const faults = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.faultsOf(metatype as Controller) : []));
    if (faults.length > 0) throw new Error(`Routes that are not closed: ${faults.join('; ')}`);
  }

  private faultsOf(controller: Controller): string[] {
    const prototype = (controller.prototype ?? {}) as Record<string, object>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (!handler || !Reflect.hasMetadata(PATH, handler)) return [];
      const route = `${controller.name}.${name}`;
      const undeclared = !Reflect.hasMetadata(ACCESS, handler) && !Reflect.hasMetadata(ACCESS, controller);
      return [
        ...(undeclared ? [`neither @Public() nor @Access() on ${route}`] : []),
        ...undecided(controller, handler).map((parameter) => `no guard decides about :${parameter} of ${route}`),
      ];
    });
  }
}

/** Parameters of a route's path that no guard decides about. */
function undecided(controller: object, handler: object): string[] {
  const decided = new Set([...decidedParameters(controller), ...decidedParameters(handler)]);
  const parameters = [controller, handler]
    .flatMap((place) => Reflect.getMetadata(PATH, place) as string | string[])
    .flatMap((path) => [...path.matchAll(PARAMETER)].map(([, name = '']) => name));
  return parameters.filter((name) => !decided.has(name));
}
