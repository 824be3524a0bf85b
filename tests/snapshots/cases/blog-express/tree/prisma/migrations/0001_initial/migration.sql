-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'user',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    CONSTRAINT "ck_users_role" CHECK ("role" IN ('user', 'admin'))
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_users_email" ON "users" ("email");

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "family_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    "used_at" TEXT,
    "created_at" TEXT NOT NULL,
    CONSTRAINT "fk_refresh_tokens_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_refresh_tokens_token_hash" ON "refresh_tokens" ("token_hash");

-- CreateIndex
CREATE INDEX "ix_refresh_tokens_user_id" ON "refresh_tokens" ("user_id");

-- CreateIndex
CREATE INDEX "ix_refresh_tokens_family_id" ON "refresh_tokens" ("family_id");

-- CreateTable
CREATE TABLE "tags" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_tags_name" ON "tags" ("name");

-- CreateIndex
CREATE INDEX "ix_tags_created_at_id" ON "tags" ("created_at" DESC, "id");

-- CreateTable
CREATE TABLE "posts" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "owner_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "published_at" TEXT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    CONSTRAINT "ck_posts_status" CHECK ("status" IN ('draft', 'published')),
    CONSTRAINT "fk_posts_owner_id_users" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_posts_slug" ON "posts" ("slug");

-- CreateIndex
CREATE INDEX "ix_posts_owner_id" ON "posts" ("owner_id");

-- CreateIndex
CREATE INDEX "ix_posts_title" ON "posts" ("title");

-- CreateIndex
CREATE INDEX "ix_posts_created_at_id" ON "posts" ("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "ix_posts_status_published_at" ON "posts" ("status", "published_at");

-- CreateTable
CREATE TABLE "comments" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "owner_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "post_id" TEXT NOT NULL,
    "reply_to_id" TEXT,
    "created_at" TEXT NOT NULL,
    "updated_at" TEXT NOT NULL,
    CONSTRAINT "fk_comments_owner_id_users" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "fk_comments_post_id_posts" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "fk_comments_reply_to_id_comments" FOREIGN KEY ("reply_to_id") REFERENCES "comments" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "ix_comments_owner_id" ON "comments" ("owner_id");

-- CreateIndex
CREATE INDEX "ix_comments_post_id" ON "comments" ("post_id");

-- CreateIndex
CREATE INDEX "ix_comments_reply_to_id" ON "comments" ("reply_to_id");

-- CreateIndex
CREATE INDEX "ix_comments_created_at_id" ON "comments" ("created_at" DESC, "id");

-- CreateTable
CREATE TABLE "posts_tags" (
    "post_id" TEXT NOT NULL,
    "tag_id" TEXT NOT NULL,
    PRIMARY KEY ("post_id", "tag_id"),
    CONSTRAINT "fk_posts_tags_post_id_posts" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "fk_posts_tags_tag_id_tags" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "ix_posts_tags_tag_id" ON "posts_tags" ("tag_id");

