import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class AcceptedDto extends createZodDto(z.object({ id: z.uuid() }).meta({ id: 'AcceptedDelivery' })) {}
