import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { PeopleDto, PeopleQueryDto, viewOfPerson } from '../dto/users.dto.js';
import type { User } from '../entities/user.entity.js';
import { CurrentUser, KnownUser } from '../guards/own-objects.js';
import { UsersService } from '../users.service.js';
import { Avatars } from './avatars.js';

/** A browser shows a picture that it has for an hour without asking. */
const PICTURE_CACHE = 'private, max-age=3600';

@ApiTags('Everywhere')
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly avatars: Avatars,
  ) {}

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({ summary: 'People who have signed in, at most 20', type: PeopleDto })
  async findPeople(@Query() { query }: PeopleQueryDto): Promise<PeopleDto> {
    const users = await this.users.search(query);
    return { items: users.map(viewOfPerson), nextCursor: null };
  }

  @KnownUser()
  @Access({ scope: 'read' })
  @Get(':id/avatar')
  @ApiParam({ name: 'id', type: String })
  @Endpoint({
    summary: "Somebody's picture, at most 256 KB of PNG, JPEG, GIF or WebP",
    produces: 'image/*',
    errors: [503],
  })
  async getAvatar(@CurrentUser() user: User, @Res() res: Response): Promise<void> {
    const { type, bytes } = await this.avatars.of(user);
    res.set({ 'Content-Type': type, 'Cache-Control': PICTURE_CACHE }).send(bytes);
  }
}
