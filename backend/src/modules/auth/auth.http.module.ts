import { Module } from '@nestjs/common';
import { AuthModule } from './auth.module.js';

/** Signing in, and who may do what, over HTTP. */
@Module({ imports: [AuthModule] })
export class AuthHttpModule {}
