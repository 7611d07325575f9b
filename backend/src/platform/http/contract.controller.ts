import { Controller, Get, Injectable, Module, Res } from '@nestjs/common';
import { ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from './access.decorator.js';
import { Endpoint } from './endpoint.decorator.js';

/** Holds the generated document; the entry point sets it once the routes are known. */
@Injectable()
export class Contract {
  document: OpenAPIObject | undefined;
}

@ApiTags('System')
@Controller()
export class ContractController {
  constructor(private readonly contract: Contract) {}

  @Public()
  @Get('openapi.json')
  @Endpoint({ summary: 'This contract, as an OpenAPI document', produces: 'application/json' })
  getOpenApi(@Res() res: Response): void {
    res.json(this.contract.document);
  }
}

@Module({ providers: [Contract], controllers: [ContractController], exports: [Contract] })
export class ContractModule {}
