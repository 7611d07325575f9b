import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { createZodValidationPipe, ZodSerializerInterceptor } from 'nestjs-zod';
import { ContractModule } from './contract.controller.js';
import { JsonOnlyInterceptor } from './json-only.interceptor.js';

const ValidationPipe = createZodValidationPipe();

/** Media type → validation of what comes in; shape of what goes out. */
@Module({
  imports: [ContractModule],
  providers: [
    { provide: APP_INTERCEPTOR, useClass: JsonOnlyInterceptor },
    { provide: APP_PIPE, useClass: ValidationPipe },
    { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
  ],
  exports: [ContractModule],
})
export class HttpModule {}
