import { Body, Controller, Get, HttpStatus, Patch, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { page } from '../../../platform/http/pagination.js';
import { idOfCursor } from '../cursor-id.js';
import { UpdateUserDto, UserDto, UserPageDto, UsersQueryDto, type UserView, viewOfUser } from '../dto/users.dto.js';
import type { User } from '../entities/user.entity.js';
import { CurrentUser, KnownUser } from '../guards/own-objects.js';
import { UserAdministration } from './user-administration.service.js';

@ApiTags('Administration')
@Access({ scope: 'admin', roles: ['admin'] })
@Controller('admin/users')
export class AdminUsersController {
  constructor(private readonly administration: UserAdministration) {}

  @Get()
  @Endpoint({ summary: 'Everybody who has signed in, newest first', type: UserPageDto })
  async listUsers(@Query() { cursor, limit, ...filter }: UsersQueryDto): Promise<UserPageDto> {
    const users = await this.administration.list(filter, idOfCursor(cursor), limit + 1);
    return page(users, limit, ({ id }) => [id], viewOfUser);
  }

  @KnownUser()
  @Patch(':id')
  @ApiParam({ name: 'id', type: String })
  @Endpoint({
    summary: "Change a user's role, or shut them out and let them in again",
    type: UserDto,
    errors: [HttpStatus.CONFLICT],
  })
  async updateUser(@CurrentUser() user: User, @Body() change: UpdateUserDto): Promise<UserView> {
    return viewOfUser(await this.administration.update(user.id, change));
  }
}
