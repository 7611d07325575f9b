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

/** What became of an application with these controllers. */
async function start(...controllers: (new () => object)[]): Promise<string> {
  @Module({ imports: [DiscoveryModule], controllers, providers: [AccessDeclarations] })
  class App {}
  const app = (await Test.createTestingModule({ imports: [App] }).compile()).createNestApplication({ logger: false });
  try {
    return await app.init().then(() => 'started', String);
  } finally {
    await app.close();
  }
}

describe('AccessDeclarations', () => {
  it('lets an application start whose routes all say who may call them', async () => {
    expect(await start(ClosedController, HousesController)).toBe('started');
  });

  it('keeps one from starting that has a route which does not, and names it', async () => {
    expect(await start(ClosedController, OpenController)).toContain('OpenController.forgotten');
  });

  it('keeps one from starting where nobody decides who may reach what a path names', async () => {
    expect(await start(HousesController, CellarsController)).toContain(':cellar of CellarsController.unguarded');
  });
});
