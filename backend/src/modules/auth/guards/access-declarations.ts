import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS } from '../../../platform/http/access.decorator.js';

/** Nest's own mark of a method that is a route. */
const ROUTE = 'path';

/** Looks at every route when the application starts; one that does not say who may call it keeps it from starting. */
@Injectable()
export class AccessDeclarations implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const open = this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? this.undeclared(metatype) : []));
    if (open.length > 0) throw new Error(`Neither @Public() nor @Access() on: ${open.join(', ')}`);
  }

  private undeclared(controller: { readonly name: string; readonly prototype?: object }): string[] {
    const prototype = (controller.prototype ?? {}) as Record<string, object>;
    if (Reflect.hasMetadata(ACCESS, controller)) return [];
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const handler = prototype[name];
        return handler && Reflect.hasMetadata(ROUTE, handler) && !Reflect.hasMetadata(ACCESS, handler);
      })
      .map((name) => `${controller.name}.${name}`);
  }
}
