import { NestFactory } from '@nestjs/core';
import { Request } from 'express';
