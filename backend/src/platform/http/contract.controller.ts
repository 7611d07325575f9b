import { Controller, Get, Injectable, Module, Res } from '@nestjs/common';
import { ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from './access.decorator.js';
import { Endpoint } from './endpoint.decorator.js';

/** The generated document, made when it is first asked for: that takes longer than the rest of a start. */
@Injectable()
export class Contract {
  private made: OpenAPIObject | undefined;
  private make: (() => OpenAPIObject) | undefined;

  /** The entry point says how, because only it knows all routes. */
  describeBy(make: () => OpenAPIObject): void {
    this.make = make;
  }

  get document(): OpenAPIObject | undefined {
    this.made ??= this.make?.();
    return this.made;
  }
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
