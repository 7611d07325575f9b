import { type CanActivate, Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Access, Public } from '../../../platform/http/access.decorator.js';
import { DecidedBy } from '../../../platform/http/path-object.js';
import { AccessDeclarations } from './access-declarations.js';

@Controller('open')
class OpenController {
  @Public()
  @Get()
  declared(): void {}

  @Post()
  forgotten(): void {}
}

@Access({ scope: 'admin', roles: ['admin'] })
@Controller('closed')
class ClosedController {
  @Get()
  covered(): void {}

  helper(): void {}
}

class Porter implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@Access({ scope: 'read' })
@DecidedBy(Porter, 'house')
@Controller('houses/:house')
class HousesController {
  @Get()
  ofTheHouse(): void {}

  @DecidedBy(Porter, 'room')
  @Get('rooms/:room')
  guarded(): void {}
}

@Access({ scope: 'read' })
@DecidedBy(Porter, 'house')
@Controller('houses/:house/cellars')
class CellarsController {
  @Get(':cellar')
  unguarded(): void {}
}

async function start(...controllers: (new () => object)[]): Promise<void> {
  @Module({ imports: [DiscoveryModule], controllers, providers: [AccessDeclarations] })
  class App {}
  const app = (await Test.createTestingModule({ imports: [App] }).compile()).createNestApplication({ logger: false });
  try {
    await app.init();
  } finally {
    await app.close();
  }
}

describe('AccessDeclarations', () => {
  it('lets an application start whose routes all say who may call them', async () => {
    await expect(start(ClosedController, HousesController)).resolves.toBeUndefined();
  });

  it('keeps one from starting that has a route which does not, and names it', async () => {
    await expect(start(ClosedController, OpenController)).rejects.toThrow('OpenController.forgotten');
  });

  it('keeps one from starting where nobody decides who may reach what a path names', async () => {
    await expect(start(HousesController, CellarsController)).rejects.toThrow(':cellar of CellarsController.unguarded');
  });
});
