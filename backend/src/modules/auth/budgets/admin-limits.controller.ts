import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { AdminLimitsDto, AdminLimitsQueryDto, UpdateLimitsDto } from '../dto/limits.dto.js';
import { LimitAdministration } from './limit-administration.service.js';

@ApiTags('Administration')
@Access({ scope: 'admin', roles: ['admin'] })
@Controller('admin/limits')
export class AdminLimitsController {
  constructor(private readonly administration: LimitAdministration) {}

  @Get()
  @Endpoint({
    summary: 'Rates and budgets: of the deployment, of everyone, and of users who have their own',
    type: AdminLimitsDto,
  })
  listAdminLimits(@Query() { userId }: AdminLimitsQueryDto): Promise<AdminLimitsDto> {
    return userId === undefined ? this.administration.list() : this.administration.ofUser(userId);
  }

  @Patch()
  @Endpoint({ summary: 'Change budgets, from the next call on', type: AdminLimitsDto })
  updateLimits(@Body() change: UpdateLimitsDto): Promise<AdminLimitsDto> {
    return this.administration.update(change);
  }
}
