import { PrismaClient } from "@prisma/client";
import express from "express";
import { posts } from "./posts/routes.js";
